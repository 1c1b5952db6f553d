import type { FieldFault } from '../../../shared/domain/errors';
import {
  ASKERS,
  GROUNDS_OF,
  type RefusalGround,
  type SubjectRequestChannel,
  type SubjectRequestKind,
  type SubjectRequestResult,
} from './subject-request.words';

/** Who brought a request forward; a guardian or representative is named, or is a person on record. */
export type Asker = { kind: (typeof ASKERS)[number]; personId?: string | null; name?: string | null };

/** A request as it came in. */
export type SubjectRequestTerms = {
  /** Whose data it is about. */
  personId: string;
  kind: SubjectRequestKind;
  /** YYYY-MM-DD: from this day on the time runs. */
  receivedOn: string;
  channel: SubjectRequestChannel;
  asker: Asker;
  /** What is asked for, in the person's words. */
  wish: string;
};

/** What was decided, why, and how the person was told. */
export type DecisionTerms = {
  result: SubjectRequestResult;
  /** Reasons in words; for an objection the weighing of interests. */
  reasons?: string | null;
  grounds?: readonly RefusalGround[];
  toldOn: string;
  toldHow: string;
  /** Whether the person was told of the supervisory authority and the courts (GDPR 12 (4)). */
  remediesExplained: boolean;
};

/** The same day `months` later, or the last of that month where it has no such day (Reg. 1182/71 Art. 3 (2) c). */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

const present = (faults: readonly (FieldFault | false)[]): FieldFault[] =>
  faults.filter((fault): fault is FieldFault => fault !== false);

/** Every field of a new request that does not fit the others. */
export function receivingFaults({ receivedOn, asker }: SubjectRequestTerms, today: string): FieldFault[] {
  return present([
    receivedOn > today && {
      pointer: '#/receivedOn',
      code: 'in-the-future',
      detail: { en: 'A request cannot come in after today.', de: 'Ein Antrag kann nicht nach heute eingehen.' },
    },
    asker.kind !== 'person' &&
      !asker.personId &&
      !asker.name && {
        pointer: '#/asker',
        code: 'asker-unnamed',
        detail: {
          en: 'Name who asks for the person: by personId where they are on record, else by name.',
          de: 'Nennen Sie, wer für die Person fragt: mit personId, wenn erfasst, sonst mit Namen.',
        },
      },
  ]);
}

/** Every field of a decision that does not fit the others or the kind of request. */
export function decisionFaults(kind: SubjectRequestKind, terms: DecisionTerms, from: string, to: string): FieldFault[] {
  const { result, reasons, grounds = [], toldOn, remediesExplained } = terms;
  const allowed = GROUNDS_OF[kind];
  return present([
    ...grounds.map(
      (ground, i): FieldFault | false =>
        !allowed.includes(ground) && {
          pointer: `#/grounds/${i}`,
          code: 'ground-does-not-fit',
          detail: {
            en: `This ground does not stand against a request of this kind; possible are: ${allowed.join(', ')}.`,
            de: `Dieser Grund steht einem Antrag dieser Art nicht entgegen; möglich sind: ${allowed.join(', ')}.`,
          },
        },
    ),
    result !== 'granted' &&
      grounds.length === 0 && {
        pointer: '#/grounds',
        code: 'ground-missing',
        detail: {
          en: 'Name at least one ground for what is not granted (GDPR Art. 12 (4), sec. 83 (3) SGB X).',
          de: 'Nennen Sie mindestens einen Grund für das, was nicht gewährt wird (Art. 12 Abs. 4 DSGVO, § 83 Abs. 3 SGB X).',
        },
      },
    result === 'granted' &&
      grounds.length > 0 && {
        pointer: '#/grounds',
        code: 'ground-not-needed',
        detail: {
          en: 'What is granted has no ground against it. Leave grounds out, or decide partly.',
          de: 'Was gewährt wird, hat keinen Ablehnungsgrund. Lassen Sie grounds weg, oder geben Sie dem Antrag nur teilweise statt.',
        },
      },
    (result !== 'granted' || kind === 'objection') &&
      !reasons && {
        pointer: '#/reasons',
        code: 'reason-missing',
        detail:
          kind === 'objection'
            ? {
                en: 'Write down how the interests were weighed against each other (GDPR Art. 21 (1)).',
                de: 'Halten Sie die Abwägung der Interessen fest (Art. 21 Abs. 1 DSGVO).',
              }
            : {
                en: 'Write down the reasons in words.',
                de: 'Halten Sie die Gründe in Worten fest.',
              },
      },
    result !== 'granted' &&
      !remediesExplained && {
        pointer: '#/remediesExplained',
        code: 'remedies-not-explained',
        detail: {
          en: 'Whoever is refused has to be told of the supervisory authority and the courts (GDPR Art. 12 (4)).',
          de: 'Bei Ablehnung ist auf die Aufsichtsbehörde und den Rechtsweg hinzuweisen (Art. 12 Abs. 4 DSGVO).',
        },
      },
    (toldOn < from || toldOn > to) && {
      pointer: '#/toldOn',
      code: 'day-out-of-range',
      detail: {
        en: 'The person is told between the day the request came in and today.',
        de: 'Die Person wird zwischen dem Eingang des Antrags und heute unterrichtet.',
      },
    },
  ]);
}
