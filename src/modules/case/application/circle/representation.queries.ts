import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { freePerson } from '../../../../shared/auth/restriction';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Resource } from '../../../../shared/http/answer';
import { unsealRecord } from '../../../../shared/vault/record-seal';
import type { RepresentationDocuments } from '../../domain/circle/representation.entity';
import { PersonVault, type SealedPerson } from '../persons/person.vault';

type Row = SealedPerson & { documents: Buffer; view: object & { id: string; version: number } };

/** Reads who may decide for a person. */
@Injectable()
export class RepresentationQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vault: PersonVault,
  ) {}

  async get(id: string): Promise<Resource> {
    const [view] = await this.read('r.id', id);
    if (!view) throw new NotFound('representation', id);
    return new Resource(JSON.stringify(view), view.version, {
      resourceType: 'representation',
      resourceIds: [id],
      caseId: null,
    });
  }

  /** All there ever were, the latest first. */
  async ofPerson(personId: string): Promise<Answer<{ data: object[] }>> {
    const p = new Parameters();
    const known = await this.uow.query(
      `select 1 from cases.person where tenant_id = ${p.add(context().tenantId)} and id = ${p.add(personId)} and ${freePerson('id', p.add)}`,
      p.values,
    );
    if (known.length === 0) throw new NotFound('person', personId);
    const data = await this.read('r.person_id', personId);
    return new Answer({ data }, { resourceType: 'person', resourceIds: [personId], caseId: null });
  }

  private async read(column: 'r.id' | 'r.person_id', id: string): Promise<Row['view'][]> {
    const p = new Parameters();
    const rows = await this.uow.query<Row>(
      `select k.id, k.sealed, k.key_no as "keyNo", k.wrapped_key as "wrappedKey", r.sealed as documents,
         json_build_object('id', r.id, 'version', r.version, 'personId', r.person_id, 'representativeId', r.representative_id,
           'kind', r.kind, 'tasks', r.tasks, 'consentReserved', r.consent_reserved, 'validFrom', r.valid_from,
           'validUntil', r.valid_until, 'ended', r.ended, 'recordedBy', r.recorded_by, 'recordedAt', r.recorded_at) as view
       from cases.representation r join cases.person k on k.tenant_id = r.tenant_id and k.id = r.sealed_for
       where r.tenant_id = ${p.add(context().tenantId)} and ${column} = ${p.add(id)} and ${freePerson('r.person_id', p.add)}
       order by r.valid_from desc, r.id desc limit 200`,
      p.values,
    );
    const keys = await this.vault.open(rows);
    return rows.map(({ documents, view }, i) => ({
      ...view,
      ...unsealRecord<RepresentationDocuments>(documents, keys[i]!, 'representation', view.id),
    }));
  }
}
