import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { type FieldFault, InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { Absence, type Deputies, type Span } from '../../domain/staff/absence.entity';
import { absenceRules } from '../../domain/staff/absence.refusals';
import { ownerOf } from '../../domain/staff/work-policy.values';
import { AbsenceRepository } from './absence.repository';
import { WorkPolicyRepository } from './work-policy.repository';

/** When somebody is away, and who stands in: for all cases, and for single ones. */
export type AbsenceTerms = Span & { deputy?: string | null; cases?: readonly { caseId: string; deputy: string }[] };

/** Notes absences; whoever stands in may work on the cases for exactly that time (CASE-7). */
@Injectable()
export class AbsenceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly access: CaseAccess,
    private readonly absences: AbsenceRepository,
    private readonly policies: WorkPolicyRepository,
  ) {}

  note(given: AbsenceTerms & { subject?: string }): Promise<Receipt> {
    return this.uow.run(async () => {
      const subject = given.subject ?? context().user!.subject;
      await this.absences.lockAll();
      const deputies = await this.deputiesOf(subject, given);
      const { fromOn, untilOn } = given;
      const absence = Absence.note(subject, { fromOn, untilOn }, deputies, stampBy(this.clock));
      return this.put(absence);
    });
  }

  /** Replaces time and deputies. */
  change(id: string, given: AbsenceTerms, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const absence = await this.get(id, expected);
      const deputies = await this.deputiesOf(absence.subject, given);
      const { fromOn, untilOn } = given;
      absence.change({ fromOn, untilOn }, deputies, stampBy(this.clock));
      return this.put(absence);
    });
  }

  recall(id: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const absence = await this.get(id, expected);
      await this.requireMayNote(absence.subject, await this.absences.teamsOf([absence.subject]));
      absence.recall(stampBy(this.clock));
      this.absences.store(absence);
      this.access.writeStandIns(absence.id, null);
      return Receipt.of(absence);
    });
  }

  private async get(id: string, expected: Expected): Promise<Absence> {
    await this.absences.lockAll();
    const absence = await this.absences.find(id);
    if (!absence) throw new NotFound('absence', id);
    this.absences.requireVersion(absence, expected);
    return absence;
  }

  /** Nothing waits unseen: who stands in is there, and nobody relies on the absent one meanwhile. */
  private async put(absence: Absence): Promise<Receipt> {
    const { id, subject, fromOn, untilOn, deputy, deputyBy, caseDeputies: cases } = absence;
    const standingIn = new Set([deputy, ...cases.map((one) => one.deputy)]);
    const away = await this.absences.ofSubjects([subject, ...standingIn], absence, id);
    const own = away.find((other) => other.subject === subject);
    if (own) throw absenceRules.broken('absence-overlaps', { absenceId: own.id });
    if (away.length > 0)
      throw absenceRules.broken('deputy-absent', { deputies: [...new Set(away.map((other) => other.subject))] });
    const relying = await this.absences.relyingOn(subject, absence);
    if (relying.length > 0) throw absenceRules.broken('stands-in-for-others', { absenceIds: relying });
    this.absences.store(absence);
    this.access.writeStandIns(id, { absent: subject, fromOn, untilOn, deputy, cases });
    return Receipt.of(absence, deputyBy === 'owner' ? [OWNER_STANDS_IN] : []);
  }

  /** The deputies named, on record as staff; where none is named in general, who answers for the team. */
  private async deputiesOf(subject: string, { deputy, cases = [] }: AbsenceTerms): Promise<Deputies> {
    const named = [...(deputy ? [deputy] : []), ...cases.map((one) => one.deputy)];
    const teams = await this.absences.teamsOf([subject, ...named]);
    await this.requireMayNote(subject, teams);
    const faults: FieldFault[] = [];
    if (deputy && !teams.has(deputy)) faults.push(unknownStaff('#/deputy'));
    const carried =
      cases.length > 0
        ? await this.absences.carriedBy(
            subject,
            cases.map(({ caseId }) => caseId),
          )
        : null;
    cases.forEach((one, i) => {
      if (!teams.has(one.deputy)) faults.push(unknownStaff(`#/cases/${i}/deputy`));
      if (!carried!.has(one.caseId)) faults.push(notResponsible(`#/cases/${i}/caseId`));
    });
    if (faults.length > 0) throw new InvalidInput(faults);
    if (deputy) return { deputy, deputyBy: 'named', cases };
    const owner = ownerOf((await this.policies.current()).owners, teams.get(subject) ?? null);
    if (owner === null || owner === subject) throw absenceRules.broken('deputy-missing');
    return { deputy: owner, deputyBy: 'owner', cases };
  }

  private async requireMayNote(subject: string, teams: Map<string, string | null>): Promise<void> {
    const { user, relationships } = context();
    const team = teams.get(subject);
    const leads = relationships.includes('team') && typeof team === 'string' && user!.teams.includes(team);
    if (subject !== user!.subject && !leads && !relationships.includes('organisation'))
      throw absenceRules.broken('absence-needs-team-lead');
    if (subject !== user!.subject && team === undefined) throw new InvalidInput([unknownStaff('#/subject')]);
  }
}

const unknownStaff = (pointer: string): FieldFault => ({
  pointer,
  code: 'unknown-staff',
  detail: {
    en: 'Nobody with this subject is on record as staff',
    de: 'Zu dieser Kennung ist keine Mitarbeiterin und kein Mitarbeiter erfasst',
  },
});
const notResponsible = (pointer: string): FieldFault => ({
  pointer,
  code: 'not-responsible',
  detail: {
    en: 'The absent one is not responsible for an open case of this id',
    de: 'Einen offenen Fall mit dieser Kennung führt die abwesende Person nicht',
  },
});
const OWNER_STANDS_IN: Warning = {
  code: 'owner-stands-in',
  detail: {
    en: 'No deputy is named: whoever is named for the team stands in, and finds the work of the absent one on their work list.',
    de: 'Es ist keine Stellvertretung benannt: Die für das Team benannte Person springt ein und findet die Arbeit der abwesenden Person in ihrer Arbeitsliste.',
  },
};
