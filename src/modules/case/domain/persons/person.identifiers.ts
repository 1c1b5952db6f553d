import { isIk, isKvnr, isRvnr } from '../../../../shared/domain/check-digits';
import type { FieldFault, Localised } from '../../../../shared/domain/errors';

/** A number or sign by which another system knows the person: `{ system: 'kvnr', value: 'A123456780' }`. */
export type Identifier = { readonly system: string; readonly value: string };

/** What is known of a system of identifiers (standards §5.1). Systems not listed here are names of the organisation's own. */
export type IdentifierSystem = {
  readonly name: Localised;
  /** Says whether a value in canonical form can be right; absent where there is no public rule. */
  readonly check?: (value: string) => boolean;
  /** Whether persons may be found by it, and what two persons with the same value have in common. */
  readonly evidence: 'person' | 'household' | 'none';
};

const short = (value: string) => value.length <= 20;

/** The systems Lotse knows, by the word they are stored under. */
export const IDENTIFIER_SYSTEMS: Readonly<Record<string, IdentifierSystem>> = {
  kvnr: { name: { en: 'health insurance number', de: 'Krankenversichertennummer' }, check: isKvnr, evidence: 'person' },
  rvnr: { name: { en: 'pension insurance number', de: 'Rentenversicherungsnummer' }, check: isRvnr, evidence: 'none' },
  insurance_number: { name: { en: 'insurance number', de: 'Versicherungsnummer' }, evidence: 'person' },
  customer_number: {
    name: { en: 'customer number (SGB II § 51a)', de: 'Kundennummer (§ 51a SGB II)' },
    check: short,
    evidence: 'person',
  },
  bg_number: { name: { en: 'benefit household number', de: 'BG-Nummer' }, check: short, evidence: 'household' },
  ik: { name: { en: 'institution code', de: 'Institutionskennzeichen' }, check: isIk, evidence: 'none' },
};

/** Other names under which the same systems arrive. */
const ALIASES: Readonly<Record<string, string>> = {
  'http://fhir.de/sid/gkv/kvid-10': 'kvnr',
  'http://fhir.de/sid/arge-ik/iknr': 'ik',
  vsnr: 'rvnr',
};
/** The tax number of a person serves tax authorities only (AO § 139b). */
const TAX_NUMBER = /steuer|tax[-_ ]?(id|number)|idnr/i;

const MASK = '••••';

/** What may be shown of an identifier without a reason of its own: its last three characters. */
export const masked = ({ system, value }: Identifier): Identifier => ({
  system,
  value: MASK + (value.length >= 6 ? value.slice(-3) : ''),
});

/** The identifier as it is stored: known systems under their word, their values without separators in capitals. */
export function canonical({ system, value }: Identifier): Identifier {
  const word = system.trim().toLowerCase();
  const known = Object.hasOwn(ALIASES, word) ? ALIASES[word]! : word;
  if (!Object.hasOwn(IDENTIFIER_SYSTEMS, known)) return { system, value };
  const separators = known === 'bg_number' || known === 'insurance_number' ? /\s/g : /[\s.-]/g;
  return { system: known, value: value.toUpperCase().replace(separators, '') };
}

/** An identifier in comparable form: blanks, dots, dashes, slashes and case do not count in its value. */
export const identifierKey = ({ system, value }: Identifier): string =>
  `${system.trim().toLowerCase()}|${value.toLowerCase().replace(/[\s./-]/g, '') || value.trim()}`;

/** What two persons who share this identifier have in common: the person, the household, or nothing. */
export const evidenceOf = ({ system }: Identifier): IdentifierSystem['evidence'] =>
  Object.hasOwn(IDENTIFIER_SYSTEMS, system) ? IDENTIFIER_SYSTEMS[system]!.evidence : 'person';

/**
 * The identifiers as they will be stored, with what is wrong about them. One that comes back masked, as answers show it,
 * stands for the one on record.
 */
export function readIdentifiers(
  given: readonly Identifier[],
  onRecord: readonly Identifier[],
  pointer: string,
): { identifiers: Identifier[]; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const fault = (i: number, code: string, en: string, de: string, field = '') =>
    faults.push({ pointer: `${pointer}/${i}${field}`, code, detail: { en, de } });
  const keys: string[] = [];
  const identifiers = given.map((raw, i) => {
    const identifier = raw.value.includes('•') ? unmasked(raw, onRecord) : canonical(raw);
    if (!identifier) {
      fault(
        i,
        'masked-value',
        'This masked value stands for none, or for several, of the identifiers on record: give it in full',
        'Dieser verdeckte Wert steht für keine oder für mehrere der gespeicherten Kennungen: Geben Sie sie ganz an',
        '/value',
      );
      return raw;
    }
    const system = Object.hasOwn(IDENTIFIER_SYSTEMS, identifier.system) && IDENTIFIER_SYSTEMS[identifier.system];
    if (system && identifier.value === '')
      fault(i, 'identifier-invalid', `A ${system.name.en} is needed`, `Es fehlt: ${system.name.de}`, '/value');
    else if (system && system.check && !system.check(identifier.value))
      fault(
        i,
        'identifier-invalid',
        `This cannot be a ${system.name.en}: length or check digit is wrong. Compare it with the original`,
        `Das kann nicht stimmen (${system.name.de}): Länge oder Prüfziffer passt nicht. Vergleichen Sie mit dem Original`,
        '/value',
      );
    if (!system && TAX_NUMBER.test(identifier.system))
      fault(
        i,
        'tax-number-refused',
        'The tax number of a person may not be kept here (AO § 139b): leave it out',
        'Die Steuer-Identifikationsnummer darf hier nicht geführt werden (§ 139b AO): Lassen Sie sie weg',
        '/system',
      );
    const key = identifierKey(identifier);
    if (keys.includes(key))
      fault(i, 'repeated', 'This identifier is given twice', 'Diese Kennung ist doppelt angegeben');
    keys.push(key);
    return identifier;
  });
  return { identifiers, faults };
}

function unmasked(given: Identifier, onRecord: readonly Identifier[]): Identifier | null {
  const { system } = canonical(given);
  const found = onRecord.filter((known) => known.system === system && masked(known).value === given.value);
  return found.length === 1 ? found[0]! : null;
}
