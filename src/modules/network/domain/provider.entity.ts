import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { isIk } from '../../../shared/domain/check-digits';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { ProviderListed } from '../events';
import { type Patch, merged } from './merge';
import { type IdentifierType, type InformalKind, nameKey } from './words';

/** A number the organisation is known by elsewhere (HSDS organization_identifier). */
export type ProviderIdentifier = { identifierType: IdentifierType; identifier: string };

/** Whom to call: business data of the provider, no client data. */
export type ProviderContact = { name: string; role?: string | null; phone?: string | null; email?: string | null };

/** Where help is to be had (HSDS location with its address). */
export type ProviderLocation = {
  name?: string | null;
  address?: string | null;
  postalCode?: string | null;
  city?: string | null;
  /** Amtlicher Gemeindeschlüssel, eight digits. */
  agsRegion?: string | null;
  accessibility?: readonly string[];
};

/** What the directory says about a provider (HSDS organization). */
export type ProviderDetails = {
  name: string;
  informal: boolean;
  /** Given exactly for informal help. */
  informalKind: InformalKind | null;
  /** HSDS legal_status. */
  legalForm: string | null;
  description: string | null;
  website: string | null;
  identifiers: readonly ProviderIdentifier[];
  contacts: readonly ProviderContact[];
  locations: readonly ProviderLocation[];
  /** Who pays for the help of this provider. */
  payers: readonly string[];
};

const EMPTY = {
  informal: false,
  informalKind: null,
  legalForm: null,
  description: null,
  website: null,
  identifiers: [],
  contacts: [],
  locations: [],
  payers: [],
} satisfies Omit<ProviderDetails, 'name'>;

/** An organisation or an informal circle that helps (NET-1). */
@Entity({ schema: 'network', name: 'provider' })
@Index('provider_by_name', ['tenantId', 'nameKey', 'id'])
export class Provider extends AggregateRoot implements ProviderDetails {
  @Column('text') readonly name: string;
  @Column('text', { name: 'name_key' }) readonly nameKey: string;
  @Column('boolean') readonly informal: boolean;
  @Column('text', { name: 'informal_kind', nullable: true }) readonly informalKind: InformalKind | null;
  @Column('text', { name: 'legal_form', nullable: true }) readonly legalForm: string | null;
  @Column('text', { nullable: true }) readonly description: string | null;
  @Column('text', { nullable: true }) readonly website: string | null;
  @Column('jsonb') readonly identifiers: readonly ProviderIdentifier[];
  @Column('jsonb') readonly contacts: readonly ProviderContact[];
  @Column('jsonb') readonly locations: readonly ProviderLocation[];
  @Column('text', { array: true }) readonly payers: readonly string[];
  @Column('text', { name: 'changed_by' }) private changedBy: string;
  @Column({ type: 'timestamptz', name: 'changed_at', precision: 3 }) private changedAt: Date;

  private constructor() {
    super();
  }

  /** NET-1: enters the provider into the directory. */
  static list(details: Patch<ProviderDetails> & { name: string }, stamp: Stamp): Provider {
    const provider = new Provider();
    provider.set(merged<ProviderDetails>({ ...EMPTY, name: details.name }, details, EMPTY), stamp);
    provider.record(new ProviderListed(provider.id, provider.informal, stamp.at));
    return provider;
  }

  /** NET-1: keeps the entry true; what is absent stays, null empties. */
  change(patch: Patch<ProviderDetails>, stamp: Stamp): void {
    const { name, informal, informalKind, legalForm, description, website, identifiers, contacts, locations, payers } =
      this;
    const current = {
      name,
      informal,
      informalKind,
      legalForm,
      description,
      website,
      identifiers,
      contacts,
      locations,
      payers,
    };
    this.set(merged<ProviderDetails>(current, patch, EMPTY), stamp);
  }

  private set(details: ProviderDetails, { by, at }: Stamp): void {
    const faults = faultsOf(details);
    if (faults.length > 0) throw new InvalidInput(faults);
    Object.assign(this, details, { nameKey: nameKey(details.name), changedBy: by, changedAt: new Date(at) });
  }
}

function faultsOf({ informal, informalKind, identifiers }: ProviderDetails): FieldFault[] {
  const faults: FieldFault[] = [];
  if (informal && informalKind === null)
    faults.push({
      pointer: '#/informalKind',
      code: 'informal-kind-missing',
      detail: {
        en: 'Say which kind of informal help it is: self-help, neighbourhood, volunteers or family.',
        de: 'Geben Sie die Art der informellen Hilfe an: Selbsthilfe, Nachbarschaft, Freiwillige oder Familie.',
      },
    });
  if (!informal && informalKind !== null)
    faults.push({
      pointer: '#/informalKind',
      code: 'informal-kind-of-institution',
      detail: {
        en: 'Only informal help has such a kind: set "informal" to true or leave the kind out.',
        de: 'Nur informelle Hilfe hat diese Art: Setzen Sie „informal“ auf true oder lassen Sie die Art weg.',
      },
    });
  identifiers.forEach(({ identifierType, identifier }, i) => {
    if (identifierType === 'IK' && !isIk(identifier))
      faults.push({
        pointer: `#/identifiers/${i}/identifier`,
        code: 'ik-invalid',
        detail: {
          en: 'This is no valid IK: nine digits, and the last one must fit the others. Please compare it with the letter of assignment.',
          de: 'Das ist kein gültiges Institutionskennzeichen: neun Ziffern, deren letzte zu den übrigen passt. Bitte mit dem Vergabebescheid vergleichen.',
        },
      });
  });
  return faults;
}
