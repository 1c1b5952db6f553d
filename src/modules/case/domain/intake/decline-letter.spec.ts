import { CaseRequest } from './case-request.entity';
import type { DeclineFacts } from './case-request.values';
import { ComplaintWay } from './complaint-way.entity';
import { DeclineLetter, type LetterTerms } from './decline-letter.entity';
import { declineLetter } from './decline-letter.text';
import { CRITERIA, DECLINE_REASONS } from './intake.words';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const way = ComplaintWay.record('Help Network', { en: 'Write to us.', de: 'Schreiben Sie uns.' }, stamp);
const facts: DeclineFacts = {
  receivedOn: '2026-02-20',
  declinedOn: '2026-03-02',
  reason: 'not_indicated',
  explanation: 'The family helps well.',
  referredOnTo: 'Debt advice',
  unmetCriteria: ['longer_term'],
  otherLead: null,
  confirmed: false,
};

it('CASE-4: the letter is made of the recorded reasons, the referral onward and the complaint way, in English', () =>
  expect(declineLetter(facts, way, 'en', 'Mr X')).toBe(
    `# Your request of 20 February 2026

Dear Mr X,

on 2 March 2026 we decided not to take up your request.

## Why

We looked carefully at your situation. Case management is meant for situations in which several conditions come together; not all of them are given in yours:

- help is needed for a longer time

The family helps well.

## Where you can find help

Debt advice

## If you do not agree

Write to us.

If your situation changes, you can turn to us again at any time.

Kind regards  
Help Network`,
  ));

it('CASE-4: and in German, with whoever leads already and the confirmation of the team lead', () => {
  const letter = declineLetter(
    { ...facts, reason: 'other_lead', otherLead: 'Sozialpsychiatrischer Dienst', referredOnTo: null, confirmed: true },
    way,
    'de',
    null,
  );
  expect(letter).toMatch(/^# Ihre Anfrage vom 20\. Februar 2026\n\nGuten Tag,\n\nam 2\. März 2026 haben wir/);
  expect(letter).toContain('Das ist: Sozialpsychiatrischer Dienst.');
  expect(letter).toContain('Die Teamleitung hat diese Entscheidung bestätigt.');
  expect(letter).toContain('## Wenn Sie nicht einverstanden sind\n\nSchreiben Sie uns.');
  expect(letter).not.toMatch(/Wo Sie Hilfe finden|null|undefined|längerfristig/);
});

it.each(DECLINE_REASONS)('CASE-4: there are words for a decline because of %s in both languages', (reason) => {
  const [en, de] = (['en', 'de'] as const).map((language) =>
    declineLetter(
      { ...facts, reason, unmetCriteria: [...CRITERIA, 'not_competent', 'other_lead'] },
      way,
      language,
      'X',
    ),
  );
  for (const letter of [en!, de!]) {
    expect(letter).toContain(facts.explanation);
    expect(letter).not.toMatch(/undefined|null|\{/);
    expect(letter.match(/^- /gm)?.length ?? 0).toBe(reason === 'not_indicated' ? 8 : 0);
  }
  expect(en).not.toBe(de);
});

it('CASE-4: a letter is given about a decline that is final, not before it, and fixes its text', () => {
  const request = CaseRequest.record(
    'p1',
    { askedBy: 'self', channel: 'phone', concern: 'x', fieldOfPractice: 'debt', acuteDanger: null },
    { by: 'miss-cm', at: '2026-03-01T09:00:00.000Z' },
  );
  const terms: LetterTerms = {
    recipient: { name: 'Mr X', addressLines: [] },
    language: 'en',
    givenOn: '2026-03-02',
    way: 'in_person',
  };
  const decline = {
    reason: 'earlier_history',
    explanation: 'Threats against staff in 2024',
    referredOnTo: null,
    complaintProcedureExplained: true,
    confirmedBy: 'team-lead',
  } as const;
  expect(() => DeclineLetter.give(request, way, terms, stamp)).toThrow('request-not-declined');
  request.declineWith(decline, { isTeamLead: false }, stamp);
  expect(() => DeclineLetter.give(request, way, terms, stamp)).toThrow('request-not-declined');
  request.confirmDecline({ confirmed: true, note: null }, { isTeamLead: true }, { by: 'team-lead', at: stamp.at });
  for (const givenOn of ['2026-03-01', '2026-03-03'])
    expect(() => DeclineLetter.give(request, way, { ...terms, givenOn }, stamp)).toThrow('invalid input');
  const letter = DeclineLetter.give(request, way, terms, stamp);
  expect(letter.markdown).toContain('The head of the team has confirmed this decision.');
  expect(letter.pullEvents()).toMatchObject([{ requestId: request.id, caseId: null, givenOn: '2026-03-02' }]);
});
