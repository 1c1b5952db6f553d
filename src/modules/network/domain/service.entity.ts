import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { ServiceConfirmed, ServiceListed } from '../events';
import { type Patch, merged } from './merge';
import { rules } from './refusals';
import { type PriceUnit, type ProblemArea, type ServiceStatus, type Weekday, nameKey, regionKey } from './words';

/** NET-1: after so many days without confirmation, capacity and waiting time are shown as stale. */
export const STALE_AFTER_DAYS = 90;

/** When the service is open (HSDS schedule): days with hours (HH:MM, local time), or said in words. */
export type ServiceSchedule = {
  byday?: readonly Weekday[] | null;
  opensAt?: string | null;
  closesAt?: string | null;
  description?: string | null;
};

/** What the directory says about a service (HSDS service). */
export type ServiceDetails = {
  name: string;
  description: string | null;
  status: ServiceStatus;
  problemAreas: readonly ProblemArea[];
  targetGroups: readonly string[];
  /** Who may use it (HSDS eligibility_description). */
  eligibility: string | null;
  /** Language codes after BCP 47, `de`, `pl`, `de-AT`. */
  languages: readonly string[];
  accessibility: readonly string[];
  schedules: readonly ServiceSchedule[];
  /** The area it serves: an AGS (2 to 8 digits) or a name. */
  region: string;
  /** Who pays for it. */
  payer: string | null;
  /** Price in euro cents per `priceUnit`. */
  priceCents: number | null;
  priceUnit: PriceUnit | null;
};

const EMPTY = {
  description: null,
  status: 'active',
  targetGroups: [],
  eligibility: null,
  languages: [],
  accessibility: [],
  schedules: [],
  payer: null,
  priceCents: null,
  priceUnit: null,
} satisfies Partial<ServiceDetails>;

/** What must be said to list a service; the rest may follow. */
export type NewService = Patch<ServiceDetails> & Pick<ServiceDetails, 'name' | 'problemAreas' | 'region'>;

/** Help that a provider offers, with its capacity as last confirmed (NET-1). */
@Entity({ schema: 'network', name: 'service' })
@Index('service_by_name', ['tenantId', 'nameKey', 'id'])
@Index('service_by_region', ['tenantId', 'regionKey', 'nameKey', 'id'])
@Index('service_by_provider', ['tenantId', 'providerId'])
@Index('service_by_problem_area', { synchronize: false })
@Index('service_by_words', { synchronize: false })
export class Service extends AggregateRoot implements ServiceDetails {
  @Column({ type: 'uuid', name: 'provider_id', update: false }) readonly providerId: string;
  @Column('text') readonly name: string;
  @Column('text', { name: 'name_key' }) readonly nameKey: string;
  @Column('text', { nullable: true }) readonly description: string | null;
  @Column('text') readonly status: ServiceStatus;
  @Column('text', { name: 'problem_areas', array: true }) readonly problemAreas: readonly ProblemArea[];
  @Column('text', { name: 'target_groups', array: true }) readonly targetGroups: readonly string[];
  @Column('text', { nullable: true }) readonly eligibility: string | null;
  @Column('text', { array: true }) readonly languages: readonly string[];
  @Column('text', { array: true }) readonly accessibility: readonly string[];
  @Column('jsonb') readonly schedules: readonly ServiceSchedule[];
  @Column('text') readonly region: string;
  @Column('text', { name: 'region_key' }) readonly regionKey: string;
  @Column('text', { nullable: true }) readonly payer: string | null;
  @Column('int', { name: 'price_cents', nullable: true }) readonly priceCents: number | null;
  @Column('text', { name: 'price_unit', nullable: true }) readonly priceUnit: PriceUnit | null;
  @Column('int', { name: 'free_places', nullable: true }) readonly freePlaces: number | null = null;
  @Column('int', { name: 'waiting_days', nullable: true }) readonly waitingDays: number | null = null;
  @Column('date', { name: 'confirmed_on', nullable: true }) readonly confirmedOn: string | null = null;
  @Column('text', { name: 'changed_by' }) private changedBy: string;
  @Column({ type: 'timestamptz', name: 'changed_at', precision: 3 }) private changedAt: Date;

  private constructor() {
    super();
  }

  /** NET-1: enters a service of the provider into the directory. */
  static list(providerId: string, details: NewService, stamp: Stamp): Service {
    const service = new Service();
    Object.assign(service, { providerId });
    const { name, problemAreas, region } = details;
    service.set(merged<ServiceDetails>({ ...EMPTY, name, problemAreas, region }, details, EMPTY), stamp);
    service.record(new ServiceListed(service.id, providerId, service.problemAreas, service.region, stamp.at));
    return service;
  }

  /** NET-1: keeps the entry true; what is absent stays, null empties. */
  change(patch: Patch<ServiceDetails>, stamp: Stamp): void {
    const { name, description, status, problemAreas, targetGroups, eligibility, languages } = this;
    const { accessibility, schedules, region, payer, priceCents, priceUnit } = this;
    const current: ServiceDetails = {
      ...{ name, description, status, problemAreas, targetGroups, eligibility, languages },
      ...{ accessibility, schedules, region, payer, priceCents, priceUnit },
    };
    this.set(merged(current, patch, EMPTY), stamp);
  }

  /** NET-1: the provider confirmed how many places are free and how long people wait (null: not known). */
  confirm(capacity: { freePlaces: number | null; waitingDays: number | null }, stamp: Stamp): void {
    if (this.status === 'defunct') throw rules.broken('service-defunct', { serviceId: this.id });
    const { freePlaces, waitingDays } = capacity;
    const confirmedOn = dayOf(stamp);
    Object.assign(this, { freePlaces, waitingDays, confirmedOn, changedBy: stamp.by, changedAt: new Date(stamp.at) });
    this.record(new ServiceConfirmed(this.id, freePlaces, waitingDays, confirmedOn));
  }

  private set(details: ServiceDetails, { by, at }: Stamp): void {
    const faults = faultsOf(details);
    if (faults.length > 0) throw new InvalidInput(faults);
    const keys = { nameKey: nameKey(details.name), regionKey: regionKey(details.region) };
    Object.assign(this, details, keys, { changedBy: by, changedAt: new Date(at) });
  }
}

function faultsOf({ priceCents, priceUnit, schedules, languages }: ServiceDetails): FieldFault[] {
  const faults: FieldFault[] = [];
  if ((priceCents === null) !== (priceUnit === null))
    faults.push({
      pointer: priceUnit === null ? '#/priceUnit' : '#/priceCents',
      code: 'price-incomplete',
      detail: {
        en: 'A price needs both: the amount in cents and what it is for (hour, session, month …).',
        de: 'Ein Preis braucht beides: den Betrag in Cent und die Einheit (Stunde, Sitzung, Monat …).',
      },
    });
  languages.forEach((language, i) => {
    if (!/^[a-z]{2,3}(-[A-Z]{2})?$/.test(language))
      faults.push({
        pointer: `#/languages/${i}`,
        code: 'language-code',
        detail: {
          en: 'Use a language code such as de, pl or de-AT.',
          de: 'Verwenden Sie ein Sprachkürzel wie de, pl oder de-AT.',
        },
      });
  });
  schedules.forEach(({ byday, opensAt, closesAt, description }, i) => {
    const timed = (byday?.length ?? 0) > 0 && opensAt && closesAt;
    if (!timed && !description)
      faults.push({
        pointer: `#/schedules/${i}`,
        code: 'schedule-empty',
        detail: {
          en: 'Give days with opening and closing time, or describe the hours in words.',
          de: 'Geben Sie Tage mit Öffnungs- und Schließzeit an oder beschreiben Sie die Zeiten in Worten.',
        },
      });
    else if (opensAt && closesAt && opensAt >= closesAt)
      faults.push({
        pointer: `#/schedules/${i}/closesAt`,
        code: 'closes-before-opening',
        detail: {
          en: 'Closing time must be after opening time.',
          de: 'Die Schließzeit muss nach der Öffnungszeit liegen.',
        },
      });
  });
  return faults;
}
