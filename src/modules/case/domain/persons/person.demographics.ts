import type { Gender } from '../intake/intake.words';
import { type CommunicationNeeds, type CommunicationPatch, NO_NEEDS } from './communication';
import type { Identifier } from './person.identifiers';

/** What is known of a person (CASE-1); only the family name is needed, everything else may come later. */
export type Demographics = {
  familyName: string;
  givenName: string | null;
  birthName: string | null;
  /** YYYY-MM-DD; null while not known, also when only the year is. */
  birthDate: string | null;
  gender: Gender;
  /** Languages the person understands, BCP 47 (`de`, `pl`), best first. */
  languages: readonly string[];
  interpreterNeeded: boolean;
  communication: CommunicationNeeds;
  phone: string | null;
  email: string | null;
  addressLines: readonly string[];
  postalCode: string | null;
  town: string | null;
  /** The token subject of the person's own account, once there is one. */
  portalSubject: string | null;
  identifiers: readonly Identifier[];
};
/** What says who a person is: in the database it stands sealed only. */
export type Identity = Pick<
  Demographics,
  | 'familyName'
  | 'givenName'
  | 'birthName'
  | 'birthDate'
  | 'phone'
  | 'email'
  | 'addressLines'
  | 'postalCode'
  | 'town'
  | 'identifiers'
  | 'communication'
>;
/** A merge patch (RFC 7396): absent stays, null clears. */
export type DemographicsPatch = {
  readonly [K in Exclude<keyof Demographics, 'communication'>]?: Demographics[K] | null;
} & { readonly communication?: CommunicationPatch | null };
/** What is given when a person is recorded. */
export type NewPerson = DemographicsPatch & { readonly familyName: string };

/** What a cleared or never given field holds. */
export const BLANK: Omit<Demographics, 'familyName'> = {
  givenName: null,
  birthName: null,
  birthDate: null,
  gender: 'not_stated',
  languages: [],
  interpreterNeeded: false,
  communication: NO_NEEDS,
  phone: null,
  email: null,
  addressLines: [],
  postalCode: null,
  town: null,
  portalSubject: null,
  identifiers: [],
};
export const FIELDS = ['familyName', ...Object.keys(BLANK)] as (keyof Demographics)[];
