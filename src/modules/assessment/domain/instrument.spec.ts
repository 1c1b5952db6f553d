import { Answers, checkAnswers, Instrument, InstrumentItem, Localised, missingItems, score } from './instrument';
import { nineLifeAreas } from './nine-life-areas';

const items = nineLifeAreas.sections.flatMap((section) => section.items);
const scales = items.filter((item) => item.type === 'scale');
const bandTexts = nineLifeAreas.scoring.flatMap((rule) => rule.bands.map((band) => band.text));

const texts: Localised[] = [
  nineLifeAreas.title,
  nineLifeAreas.description,
  ...nineLifeAreas.sections.flatMap((section) => [section.title, section.description]),
  ...items.flatMap((item) => [item.text, ...(item.anchors ?? []).map((anchor) => anchor.text)]),
  ...bandTexts,
];

const scale = (code: string, more: Partial<InstrumentItem> = {}): InstrumentItem => ({
  code,
  type: 'scale',
  min: 0,
  max: 4,
  text: { de: 'Frage', en: 'Question' },
  ...more,
});

/** A small instrument with what the built-in one does not use: sum, yes/no items, two scales of a kind, conditions. */
const small: Instrument = {
  ...nineLifeAreas,
  code: 'small',
  sections: [
    {
      ...nineLifeAreas.sections[0]!,
      code: 'a',
      items: [
        scale('a.1.need'),
        scale('a.2.need', { showWhen: { item: 'a.1.need', atLeast: 2 } }),
        { code: 'a.alone', type: 'boolean', text: { de: 'Allein?', en: 'Alone?' } },
      ],
    },
    { ...nineLifeAreas.sections[1]!, code: 'b', items: [scale('b.1.need')] },
  ],
  scoring: [
    { code: 'need', function: 'sum', item: 'need', bands: [{ from: 0, to: 5, code: 'low', text: { de: '', en: '' } }] },
  ],
};

/** One answer per life area, d1 first. */
const answersOf = (item: string, values: number[]): Answers =>
  Object.fromEntries(values.map((value, index) => [`d${index + 1}.${item}`, value]));

describe('ASMT-1 the built-in instrument', () => {
  it('has the nine life areas d1 to d9, each with need, resource, priority and own words (ASMT-1)', () => {
    expect(nineLifeAreas.sections.map((section) => section.code)).toEqual([
      'd1',
      'd2',
      'd3',
      'd4',
      'd5',
      'd6',
      'd7',
      'd8',
      'd9',
    ]);
    for (const section of nineLifeAreas.sections) {
      expect(section.items.map((item) => item.code)).toEqual(
        ['need', 'resource', 'priority', 'note'].map((item) => `${section.code}.${item}`),
      );
      expect(section.dimension).toMatch(/^[a-z]+(_[a-z]+)*$/);
    }
  });

  it('says everything in German and in English, and not the same words twice (ASMT-1)', () => {
    for (const { de, en } of texts) {
      expect(de.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
      expect(de).not.toBe(en);
    }
  });

  it('asks every question and names every step of need in words of its own life area (ASMT-1)', () => {
    const own = [
      ...items.map((item) => item.text),
      ...items.filter((item) => item.code.endsWith('.need')).flatMap((item) => item.anchors!.map(({ text }) => text)),
    ];
    expect(new Set(own.map(({ de }) => de)).size).toBe(own.length);
    expect(new Set(own.map(({ en }) => en)).size).toBe(own.length);
  });

  it('uses every section, dimension and item code once (ASMT-1)', () => {
    const all = [nineLifeAreas.sections.map((s) => s.code), nineLifeAreas.sections.map((s) => s.dimension)];
    for (const codes of [...all, items.map((item) => item.code)]) expect(new Set(codes).size).toBe(codes.length);
  });

  it('names every step of every scale from 0 to 4 (ASMT-1)', () => {
    expect(scales).toHaveLength(27);
    for (const item of scales) {
      expect([item.min, item.max]).toEqual([0, 4]);
      expect(item.anchors!.map((anchor) => anchor.value)).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('asks for own words as soon as there is some need (ASMT-1)', () => {
    for (const { code, items: own } of nineLifeAreas.sections) {
      expect(own[3]).toMatchObject({ type: 'text', showWhen: { item: `${code}.need`, atLeast: 1 } });
    }
  });

  it('puts every value from 0 to 4 into exactly one band (ASMT-1)', () => {
    for (const { bands } of nineLifeAreas.scoring) {
      expect(bands[0]!.from).toBe(0);
      expect(bands.at(-1)!.to).toBe(4);
      expect(new Set(bands.map((band) => band.code)).size).toBe(bands.length);
      for (let hundredths = 0; hundredths <= 400; hundredths++) {
        const value = hundredths / 100;
        expect(bands.filter((band) => value >= band.from && value <= band.to)).toHaveLength(1);
      }
    }
  });

  it('states its licence and where the headings come from (ASMT-1)', () => {
    expect(nineLifeAreas.licence).toContain('Apache-2.0');
    expect(nineLifeAreas.licence).toContain('§ 118 (1) SGB IX');
  });
});

describe('ASMT-1 checking answers', () => {
  it('accepts answers that fit, also only some of them (ASMT-1)', () => {
    expect(checkAnswers(nineLifeAreas, {})).toEqual([]);
    expect(checkAnswers(nineLifeAreas, { 'd1.need': 0, 'd9.priority': 4, 'd1.note': 'Briefe vom Amt' })).toEqual([]);
    expect(checkAnswers(small, { 'a.alone': false })).toEqual([]);
  });

  it('points out unknown items, also names every object has (ASMT-1)', () => {
    expect(checkAnswers(nineLifeAreas, { 'd10.need': 1, constructor: 1 })).toEqual([
      { item: 'd10.need', problem: 'unknown_item' },
      { item: 'constructor', problem: 'unknown_item' },
    ]);
  });

  it('points out values outside the scale (ASMT-1)', () => {
    expect(checkAnswers(nineLifeAreas, { 'd1.need': -1, 'd2.need': 5, 'd3.need': 4 })).toEqual([
      { item: 'd1.need', problem: 'out_of_range' },
      { item: 'd2.need', problem: 'out_of_range' },
    ]);
  });

  it('points out answers of the wrong type; a scale has whole steps only (ASMT-1)', () => {
    const answers = { 'a.1.need': '3', 'a.2.need': 2.5, 'b.1.need': NaN, 'a.alone': 1 };
    expect(checkAnswers(small, answers)).toEqual(
      ['a.1.need', 'a.2.need', 'b.1.need', 'a.alone'].map((item) => ({ item, problem: 'wrong_type' })),
    );
    expect(checkAnswers(nineLifeAreas, { 'd1.note': 3 })).toEqual([{ item: 'd1.note', problem: 'wrong_type' }]);
  });
});

describe('ASMT-1 missing answers', () => {
  it('misses every scale of an empty questionnaire and no text (ASMT-1)', () => {
    expect(missingItems(nineLifeAreas, {})).toEqual(scales.map((item) => item.code));
  });

  it('counts 0 as an answer (ASMT-1)', () => {
    const answers = { ...answersOf('need', [0, 0, 0, 0, 0, 0, 0, 0, 0]), ...answersOf('resource', [0]) };
    const missing = missingItems(nineLifeAreas, answers);
    expect(missing).toHaveLength(27 - 10);
    expect(missing).not.toContain('d1.resource');
    expect(missing).toContain('d1.priority');
  });

  it('does not miss what is not shown (ASMT-1)', () => {
    expect(missingItems(small, {})).toEqual(['a.1.need', 'b.1.need']);
    expect(missingItems(small, { 'a.1.need': 1 })).toEqual(['b.1.need']);
    expect(missingItems(small, { 'a.1.need': 2 })).toEqual(['a.2.need', 'b.1.need']);
  });
});

describe('ASMT-1 scoring', () => {
  const overall = (answers: Answers) => score(nineLifeAreas, answers).filter(({ section }) => section === null);

  it('gives no score where nothing was answered (ASMT-1)', () => {
    expect(score(nineLifeAreas, {})).toEqual([]);
    expect(score(nineLifeAreas, { 'd4.need': 3 })).toEqual([
      { code: 'need', section: 'd4', value: 3, band: 'high' },
      { code: 'need', section: null, value: 3, band: 'high' },
    ]);
  });

  it('takes the mean of need and resource and the most urgent priority over all life areas (ASMT-1)', () => {
    // need 0+1+2+3+4+4+2+1+3 = 20, 20/9 = 2.222…; resource 4*8+3 = 35, 35/9 = 3.888…; priority: the 4 decides
    const answers = {
      ...answersOf('need', [0, 1, 2, 3, 4, 4, 2, 1, 3]),
      ...answersOf('resource', [4, 4, 4, 4, 4, 4, 4, 4, 3]),
      ...answersOf('priority', [0, 1, 2, 0, 1, 4, 0, 0, 3]),
    };
    expect(overall(answers)).toEqual([
      { code: 'need', section: null, value: 2.22, band: 'moderate' },
      { code: 'resource', section: null, value: 3.89, band: 'very_many' },
      { code: 'priority', section: null, value: 4, band: 'secure_now' },
    ]);
    const need = score(nineLifeAreas, answers).filter(({ code, section }) => code === 'need' && section !== null);
    expect(need.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 4, 2, 1, 3]);
    expect(need.map(({ band }) => band)).toEqual([
      'none',
      'low',
      'moderate',
      'high',
      'very_high',
      'very_high',
      'moderate',
      'low',
      'high',
    ]);
  });

  it('rounds half up to two digits (ASMT-1)', () => {
    // 1/8 = 0.125; 3/8 = 0.375; 4/9 = 0.444…; 13/9 = 1.444…; 14/9 = 1.555…
    const value = (values: number[]) => overall(answersOf('need', values))[0];
    expect(value([1, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ value: 0.13, band: 'none' });
    expect(value([3, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ value: 0.38, band: 'none' });
    expect(value([4, 0, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ value: 0.44, band: 'none' });
    expect(value([4, 4, 4, 1, 0, 0, 0, 0, 0])).toMatchObject({ value: 1.44, band: 'low' });
    expect(value([4, 4, 4, 2, 0, 0, 0, 0, 0])).toMatchObject({ value: 1.56, band: 'moderate' });
  });

  it('leaves out answers that do not fit and items that are not shown (ASMT-1)', () => {
    expect(overall({ 'd1.need': 9, 'd2.need': 2, 'd3.need': 'viel' })[0]).toMatchObject({ value: 2 });
    expect(score(small, { 'a.1.need': 1, 'a.2.need': 4 })).toEqual([
      { code: 'need', section: 'a', value: 1, band: 'low' },
      { code: 'need', section: null, value: 1, band: 'low' },
    ]);
  });

  it('sums several items of a section and has no band name for a value no band covers (ASMT-1)', () => {
    expect(score(small, { 'a.1.need': 2, 'a.2.need': 3, 'b.1.need': 4 })).toEqual([
      { code: 'need', section: 'a', value: 5, band: 'low' },
      { code: 'need', section: 'b', value: 4, band: 'low' },
      { code: 'need', section: null, value: 9, band: '' },
    ]);
  });
});
