import { Injectable } from '@nestjs/common';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput } from '../../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader } from '../../../consent';
import { JointSteering } from '../../domain/steering/joint-steering.entity';
import { steeringRules } from '../../domain/steering/joint-steering.refusals';
import { STEERING_PURPOSE, type SteeringTerms, categoriesOf } from '../../domain/steering/joint-steering.values';
import { CaseReader } from '../case/case.reader';
import { JointSteeringRepository } from './joint-steering.repository';

/** What an invitation says; without `fromOn` it begins today. */
export type SteeringInvitation = Omit<SteeringTerms, 'guest' | 'fromOn'> & { organisationId: string; fromOn?: string };

/** The owner's side of joint steering with another organisation (CASE-11). */
@Injectable()
export class JointSteeringService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly steerings: JointSteeringRepository,
    private readonly guests: GuestAccess,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  /** CONS-3: one release must cover every part for that organisation; it is held until the invitation is stored. */
  invite(caseId: string, { organisationId, fromOn, ...terms }: SteeringInvitation): Promise<Receipt> {
    return this.uow.run(async () => {
      const { personId } = await this.cases.requireActive(caseId);
      const { tenantId } = context();
      const name = organisationId === tenantId ? null : await this.guests.organisationName(organisationId);
      if (name === null)
        throw new InvalidInput([{ pointer: '#/organisationId', code: 'organisation-unknown', detail: UNKNOWN }]);
      const categories = categoriesOf(terms.parts);
      const { consentId, until, basis } = await this.consents.requireCarrier({
        caseId,
        recipient: { kind: 'organisation', id: organisationId },
        categories,
        purpose: STEERING_PURPOSE,
        personId,
      });
      if (basis === 'exception') throw steeringRules.broken('steering-not-by-exception', { caseId, categories });
      const shorter = until !== null && until < terms.untilOn;
      const steering = JointSteering.invite(
        caseId,
        tenantId,
        {
          ...terms,
          guest: { id: organisationId, name },
          fromOn: fromOn ?? this.clock.today(),
          untilOn: shorter ? until : terms.untilOn,
        },
        consentId,
        stampBy(this.clock),
      );
      this.steerings.store(steering);
      return Receipt.of(steering, shorter ? [CONSENT_ENDS_EARLIER] : []);
    });
  }

  recall(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const steering = await this.steerings.held(id);
      await this.cases.require(steering.caseId);
      this.steerings.requireVersion(steering, expected);
      steering.recall(context().tenantId, reason, stampBy(this.clock));
      this.steerings.store(steering);
      return Receipt.of(steering);
    });
  }
}

const UNKNOWN = {
  en: 'There is no other organisation of this id on this instance. Ask the organisation for its id.',
  de: 'Eine andere Organisation mit dieser Kennung gibt es hier nicht. Fragen Sie die Organisation nach ihrer Kennung.',
};
const CONSENT_ENDS_EARLIER: Warning = {
  code: 'consent-ends-earlier',
  detail: {
    en: 'The release ends before the day you named; the joint steering ends with it. Ask for a longer one if it is to go on.',
    de: 'Die Schweigepflichtentbindung endet vor dem genannten Tag; mit ihr endet die gemeinsame Steuerung. Bitten Sie um eine längere, wenn es danach weitergehen soll.',
  },
};
