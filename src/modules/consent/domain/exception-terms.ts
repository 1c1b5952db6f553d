import type { FieldFault } from '../../../shared/domain/errors';
import { addDays } from '../../../shared/domain/days';
import type { NamedRecipient } from './consent-terms';
import { LEGAL_BASES_OF, type ExceptionKind, type LegalBasis } from './exception-words';

/** Days an exception may last at most; whoever needs longer decides anew. */
export const LONGEST_DAYS = 90;

/** CONS-4: why data goes out without consent, what, to whom and until when. */
export type ExceptionTerms = {
  /** Whose data it is. */
  personId: string;
  kind: ExceptionKind;
  legalBasis: LegalBasis;
  /** What was seen or heard: facts, not conclusions. */
  facts: string;
  /** Why the consent could not be had, and which milder means were considered. */
  milderMeans: string;
  /** The others who took part in assessing the danger. */
  assessedWith: readonly string[];
  /** The specialist for child protection (sec. 4 (2) KKG, sec. 8a (4) SGB VIII): asked, and without names, or why not. */
  specialist?: { consulted: boolean; pseudonymised: boolean; note?: string | null };
  /** Whether those concerned were told before, or why not: because it would have endangered the protection. */
  priorNotice: { given: boolean; reason?: string | null };
  purpose: string;
  categories: readonly string[];
  recipient: NamedRecipient;
  /** Last day, YYYY-MM-DD. */
  validUntil: string;
};

/** Every field that does not fit the others; empty when the exception can be invoked. */
export function exceptionFaults(terms: ExceptionTerms, today: string): FieldFault[] {
  const { kind, legalBasis, specialist, priorNotice, validUntil } = terms;
  const latest = addDays(today, LONGEST_DAYS);
  const faults: (FieldFault | false)[] = [
    !LEGAL_BASES_OF[kind].includes(legalBasis) && {
      pointer: '#/legalBasis',
      code: 'basis-does-not-fit',
      detail: {
        en: `An exception of this kind cannot rest on this norm; possible are: ${LEGAL_BASES_OF[kind].join(', ')}.`,
        de: `Auf diese Norm lässt sich eine Ausnahme dieser Art nicht stützen; möglich sind: ${LEGAL_BASES_OF[kind].join(', ')}.`,
      },
    },
    kind === 'child_abuse' &&
      !specialist && {
        pointer: '#/specialist',
        code: 'specialist-missing',
        detail: {
          en: 'Say whether a specialist for child protection was consulted.',
          de: 'Geben Sie an, ob eine insoweit erfahrene Fachkraft hinzugezogen wurde.',
        },
      },
    specialist !== undefined &&
      !specialist.consulted &&
      !specialist.note && {
        pointer: '#/specialist/note',
        code: 'reason-missing',
        detail: {
          en: 'Say why no specialist was consulted.',
          de: 'Begründen Sie, warum keine insoweit erfahrene Fachkraft hinzugezogen wurde.',
        },
      },
    specialist !== undefined &&
      specialist.consulted &&
      !specialist.pseudonymised && {
        pointer: '#/specialist/pseudonymised',
        code: 'not-pseudonymised',
        detail: {
          en: 'The specialist is consulted without names (sec. 4 (2) KKG); with names it would be a disclosure of its own.',
          de: 'Die insoweit erfahrene Fachkraft wird ohne Nennung von Namen hinzugezogen (§ 4 Abs. 2 KKG); mit Namen wäre es eine eigene Weitergabe.',
        },
      },
    !priorNotice.given &&
      !priorNotice.reason && {
        pointer: '#/priorNotice/reason',
        code: 'reason-missing',
        detail: {
          en: 'Say why those concerned could not be told before.',
          de: 'Begründen Sie, warum die Betroffenen nicht vorab informiert werden konnten.',
        },
      },
    (validUntil < today || validUntil > latest) && {
      pointer: '#/validUntil',
      code: 'end-out-of-range',
      detail: {
        en: `An exception ends between today and ${latest}; for longer, decide anew.`,
        de: `Eine Ausnahme endet zwischen heute und dem ${latest}; für länger ist neu zu entscheiden.`,
      },
    },
  ];
  return faults.filter((fault): fault is FieldFault => fault !== false);
}
