import { catalogue, Localised } from './catalogue';

const checks = catalogue.standards.flatMap((standard) => standard.checks);

const texts: Localised[] = [
  catalogue.title,
  ...catalogue.standards.flatMap((standard) => [
    standard.title,
    ...Object.values(standard.selection),
    ...Object.values(standard.execution),
  ]),
  ...checks.flatMap((check) => ('question' in check ? [check.text, check.question] : [check.text])),
];

/** Automatic rules and the standard each belongs to (QA-2). */
const rules: Record<string, string> = {
  'request-screened': 'CM1',
  'danger-addressed-first': 'CM1',
  'agreement-signed-with-consent': 'CM1',
  'perspectives-present': 'CM2',
  'needs-and-resources-found': 'CM2',
  'assessment-in-time': 'CM2',
  'goals-dated-and-checkable': 'CM3',
  'plan-signed-by-client': 'CM3',
  'consent-before-disclosure': 'CM4',
  'referrals-followed-up': 'CM4',
  'reviews-on-time': 'CM5',
  'evaluated-by-all-parties': 'CM6',
};

describe('QA-1 the built-in quality catalogue', () => {
  it('is version 2026.1 and holds CM 1 to CM 7 and the organisation in this order (QA-1)', () => {
    expect(catalogue.version).toBe('2026.1');
    expect(catalogue.standards.map((standard) => standard.id)).toEqual([
      'CM1',
      'CM2',
      'CM3',
      'CM4',
      'CM5',
      'CM6',
      'CM7',
      'ORG',
    ]);
  });

  it('gives every check an id of its own that counts up within its standard (QA-1)', () => {
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
    for (const standard of catalogue.standards) {
      const expected = standard.checks.map((_, index) => `${standard.id}-${String(index + 1).padStart(2, '0')}`);
      expect(standard.checks.map((check) => check.id)).toEqual(expected);
    }
  });

  it('says everything in German and in English, and nothing twice (QA-1)', () => {
    for (const { de, en } of texts) {
      expect(de.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
      expect(de).not.toBe(en);
    }
    expect(new Set(texts.map(({ de }) => de)).size).toBe(texts.length);
    expect(new Set(texts.map(({ en }) => en)).size).toBe(texts.length);
  });

  it('answers every question of the selection and the execution recommendation (QA-1)', () => {
    for (const { selection, execution } of catalogue.standards) {
      expect(Object.keys(selection)).toEqual(['what', 'whatFor', 'condition', 'forWhom']);
      expect(Object.keys(execution)).toEqual(['when', 'how', 'who', 'where', 'withWhat', 'howOften', 'result']);
    }
  });

  it('has three to eight checks per standard, looking at structure, process and result (QA-1)', () => {
    for (const { checks: own } of catalogue.standards) {
      expect(own.length).toBeGreaterThanOrEqual(3);
      expect(own.length).toBeLessThanOrEqual(8);
      expect(new Set(own.map((check) => check.kind))).toEqual(new Set(['structure', 'process', 'result']));
    }
  });

  it('names each of the twelve automatic rules exactly once, in its standard (QA-1, QA-2)', () => {
    const found = catalogue.standards.flatMap((standard) =>
      standard.checks.flatMap((check) => ('rule' in check ? [[check.rule, standard.id]] : [])),
    );
    expect(found).toHaveLength(12);
    expect(Object.fromEntries(found)).toEqual(rules);
  });

  it('gives every check either a rule or a question for the auditor, never both (QA-1, QA-4)', () => {
    for (const check of checks) expect('rule' in check).toBe(!('question' in check));
    for (const check of checks) if ('question' in check) expect(check.question.de).toMatch(/\?$/);
    for (const check of checks) if ('question' in check) expect(check.question.en).toMatch(/\?$/);
  });

  it('cites for every check a source document and a rule of the domain (QA-1)', () => {
    for (const check of checks) {
      expect(check.source).toMatch(/^S[0-3] /);
      expect(check.source).toMatch(/, (CASE|CONS|ASMT|PLAN|NET|QA)-\d+$/);
    }
  });

  it('asks for caseload and qualification in the organisation (QA-1, CASE-7)', () => {
    const own = catalogue.standards.find((standard) => standard.id === 'ORG')!.checks;
    const cited = own.filter((check) => check.source.includes('CASE-7'));
    expect(cited).toHaveLength(2);
    for (const check of cited) expect('question' in check).toBe(true);
  });
});
