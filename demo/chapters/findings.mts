import { randomUUID } from 'node:crypto';
import type { Schemas } from '../people.mts';

/** What the sides said, and what came out: the material of both assessments. */

type Result = Schemas['RecordAssessmentResultDto'];
type Answers = Record<string, number | string>;
export type Views = {
  client: Answers;
  caseManager: Answers;
  thirdParty: { respondent: Schemas['RespondentDto']; answers: Answers };
};

const NEEDS = ['mobility', 'care', 'son', 'mood', 'work', 'debts', 'children'] as const;
/** Ids of the needs, made here so that the service plan can name them. */
export type Needs = Record<(typeof NEEDS)[number], string>;
export const newNeeds = (): Needs => Object.fromEntries(NEEDS.map((need) => [need, randomUUID()])) as Needs;

/** The nine life areas as short words for a table. */
export const LIFE_AREAS: Record<string, string> = {
  d1: 'Learning, deciding',
  d2: 'Tasks of the day',
  d3: 'Communication',
  d4: 'Getting about',
  d5: 'Looking after oneself',
  d6: 'Household',
  d7: 'Relationships',
  d8: 'Work, school, money',
  d9: 'Community, leisure',
};

/** Needs (0–4) by life area, in their order, with own words. */
const needs = (steps: number[], words: Answers = {}): Answers => ({
  ...Object.fromEntries(steps.map((step, i) => [`d${i + 1}.need`, step])),
  ...words,
});

export const viewsOfMrX: Views = {
  client: needs([0, 2, 1, 3, 1, 2, 4, 3, 1], { 'd7.note': 'My boy does not look at me any more.' }),
  caseManager: needs([1, 3, 1, 4, 3, 3, 4, 3, 2]),
  thirdParty: {
    respondent: { key: 'wife', name: 'Miss X', relation: 'Wife' },
    answers: needs([0, 3, 1, 4, 3, 4, 4, 4, 2]),
  },
};

export const viewsOfMissX: Views = {
  client: needs([1, 3, 0, 0, 1, 2, 4, 4, 3], {
    'd8.note': 'I want to work. I want to wake up and have somewhere to go.',
  }),
  caseManager: needs([0, 3, 1, 0, 2, 2, 3, 4, 3]),
  thirdParty: {
    respondent: { key: 'grandmother', name: 'Grandmother', relation: 'Mother-in-law' },
    answers: needs([0, 2, 1, 0, 2, 1, 4, 3, 2]),
  },
};

export const resultOfMrX = (id: Needs): Result => ({
  needs: [
    {
      id: id.mobility,
      dimension: 'mobility',
      severity: 4,
      urgency: 'must_be_secured_now',
      statement: 'Cannot stand up or walk by himself.',
      clientWords: 'I want to get to my garden again.',
      duration: 'Since the stroke; months to a year',
    },
    {
      id: id.care,
      dimension: 'self_care',
      severity: 3,
      urgency: 'must_be_secured_now',
      statement: 'Care and medical supply at home are not secured after the discharge.',
      clientWords: 'I will manage. Somehow.',
      barriersToHelpSoFar: 'Nobody was asked: the family was ashamed of the debts.',
    },
    {
      id: id.son,
      dimension: 'interpersonal_relationships',
      severity: 4,
      urgency: 'soon',
      statement: 'Contact with his son has broken off.',
      clientWords: 'My boy does not look at me any more.',
    },
  ],
  resources: [
    {
      dimension: 'self_care',
      kind: 'social',
      statement: 'helpful neighbours',
      benefit: 'Offer to help with daily care',
      cost: 'A fair compensation',
      sideEffects: 'Mr X does not like to be a burden',
    },
    { dimension: 'interpersonal_relationships', kind: 'social', statement: 'his parents, whom the children love' },
    { dimension: 'major_life_areas', kind: 'personal', statement: 'a good education as an engineer' },
    {
      dimension: 'community_social_and_civic_life',
      kind: 'material',
      statement: 'the garden',
      benefit: 'Vegetables, and a reason to walk',
    },
  ],
  resourcesLookedFor: true,
  earlierAttempts: 'Several therapies because of alcohol; dry since the stroke.',
  predictionWithSupport: 'he will walk at home and can work some hours a day within a year.',
  predictionWithoutSupport: 'nursing home, or a wife who breaks down under the care.',
  supplyGaps: [{ needId: id.care, description: 'No nursing service in the district takes new clients this quarter.' }],
  diagnosisTexts: [
    { profession: 'Physician', text: 'Cerebral infarction, right hemiparesis', code: 'I63.9', codeSystem: 'icd-10-gm' },
    { profession: 'Physiotherapist', text: 'Walks two steps with two helpers', code: 'd450.3', codeSystem: 'icf' },
  ],
});

export const resultOfMissX = (id: Needs): Result => ({
  needs: [
    {
      id: id.mood,
      dimension: 'general_tasks_and_demands',
      severity: 3,
      urgency: 'soon',
      statement: 'Depression with medication; no hope that anything will change.',
      clientWords: 'I manage the day. Not more.',
      duration: 'For years',
    },
    {
      id: id.work,
      dimension: 'major_life_areas',
      severity: 4,
      urgency: 'soon',
      statement: 'Unemployed again; no job has lasted longer than five months.',
      clientWords: 'I want to wake up and have somewhere to go.',
      barriersToHelpSoFar: 'Programmes that began at six in the morning, with two children and no car.',
    },
    {
      id: id.debts,
      dimension: 'major_life_areas',
      severity: 3,
      urgency: 'soon',
      statement: 'Debts of 38,000 euros with eleven creditors; letters are no longer opened.',
    },
    {
      id: id.children,
      dimension: 'interpersonal_relationships',
      severity: 4,
      urgency: 'must_be_secured_now',
      statement: 'The son needs protection and guidance, the daughter quiet and attention.',
      clientWords: 'I am losing him.',
    },
  ],
  resources: [
    { dimension: 'major_life_areas', kind: 'personal', statement: 'a finished apprenticeship as a sales woman' },
    {
      dimension: 'domestic_life',
      kind: 'social',
      statement: 'her daughter, who loves to help at home',
      sideEffects: 'She is ten: help must stay play',
    },
    {
      dimension: 'interpersonal_relationships',
      kind: 'social',
      statement: 'the grandparents, who look after the children',
    },
    { dimension: 'community_social_and_civic_life', kind: 'social', statement: 'good neighbours' },
    { dimension: 'domestic_life', kind: 'material', statement: 'the garden' },
  ],
  resourcesLookedFor: true,
  earlierAttempts: 'Three programmes for the unemployed, broken off; one talk at a debt advice service, not continued.',
  predictionWithSupport: 'a permanent job is realistic within a year, and the debts can be paid off.',
  predictionWithoutSupport: 'the next job and the flat are lost, the son comes into custody.',
  supplyGaps: [
    { needId: id.work, description: 'The employment programme has no free place; waiting time three weeks.' },
  ],
  diagnosisTexts: [
    {
      profession: 'Psychiatrist',
      text: 'Recurrent depression, at present moderate',
      code: 'F33.1',
      codeSystem: 'icd-10-gm',
    },
  ],
});
