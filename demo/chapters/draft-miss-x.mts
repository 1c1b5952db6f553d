import { inMonths } from '../days.mts';
import { type Draft, type DraftMeasure, aim, by, outcome } from './draft.mts';
import type { Needs } from './findings.mts';
import type { Directory } from './house.mts';

/** What the service plan of Miss X says. */
export const draftOfMissX = (needs: Needs, places: Directory): Draft => ({
  goals: [
    aim('principle', 'ahead', 'Miss X lives on her own work and looks ahead.', { needIds: [needs.work, needs.mood] }),
    aim('framework', 'working', 'She works in her own profession.', { under: 'ahead' }),
    aim('framework', 'stable', 'She is mentally stable.', { under: 'ahead' }),
    aim('principle', 'safe', 'The children are safe and grow up well.', { needIds: [needs.children] }),
    aim('framework', 'cared', 'Each child has the care it needs.', { under: 'safe' }),
    aim('principle', 'free', 'The family is free of debts.', { needIds: [needs.debts] }),
    aim('framework', 'paying', 'The debts get less, month by month.', { under: 'free' }),
    outcome('job', 'working', 12, 3, {
      statement: 'Miss X has a job in sales that lasts longer than six months.',
      clientWords: 'Somewhere to go in the morning.',
      indicators: [{ name: 'Months in the same job', baseline: '0', target: '6', unit: 'months' }],
      levels: [
        'Unemployed',
        'A few hours',
        'In the job for six months',
        'A permanent contract, a year in the job',
        'Leads a department',
      ],
    }),
    outcome('optimism', 'stable', 12, 2, {
      statement: 'She gets through the week with medication and people she trusts.',
      indicators: [{ name: 'Good days in a week', baseline: '1', target: '4', unit: 'days' }],
      levels: [
        'In hospital',
        'As today',
        'Four good days a week',
        'Hardly any bad days',
        'No medication, a wider circle of friends',
      ],
    }),
    outcome('children', 'cared', 12, 3, {
      statement: 'The son lives where he is safe and learns; the daughter gets on well.',
      indicators: [{ name: 'Days in school in a month', baseline: '6', target: '18', unit: 'days' }],
      levels: [
        'In custody',
        'Still with the dealers',
        'Both are safe, he goes to school',
        'He comes home at weekends',
        'He lives at home again',
      ],
    }),
    outcome('debts', 'paying', 12, 2, {
      statement: 'A plan for the repayment is agreed with all creditors and kept.',
      indicators: [{ name: 'Rates paid', baseline: '0', target: '6' }],
      levels: ['New debts', 'Letters unopened', 'Rates are paid as agreed', 'A part is remitted', 'Free of debts'],
    }),
  ],
  measures: [
    {
      name: 'applications',
      serves: ['job'],
      body: {
        title: 'Two applications a week',
        responsible: { kind: 'client', name: 'Miss X' },
        endOn: inMonths(6),
        frequency: 'Weekly',
        howChecked: 'She brings them along',
      },
    },
    {
      name: 'programme',
      serves: ['job'],
      body: {
        title: 'Employment programme',
        responsible: by('provider', places.employmentProgramme),
        serviceId: places.employmentProgramme.serviceId,
        endOn: inMonths(6),
        frequency: 'Mornings, from eight',
        costCents: 0,
        howChecked: 'Monthly report',
      },
    },
    {
      name: 'group',
      serves: ['optimism'],
      body: {
        title: 'Self-help group for people with depression',
        responsible: by('informal_helper', places.selfHelpGroup),
        serviceId: places.selfHelpGroup.serviceId,
        endOn: inMonths(12),
        frequency: 'Thursdays',
        costCents: 0,
        howChecked: 'How was Thursday?',
      },
    },
    {
      name: 'debtAdvice',
      serves: ['debts'],
      body: {
        title: 'Debt advice; Mr CM comes along the first time',
        responsible: by('provider', places.debtAdvice),
        serviceId: places.debtAdvice.serviceId,
        endOn: inMonths(12),
        frequency: 'Monthly',
        costCents: 0,
        howChecked: 'List of creditors',
      },
    },
    {
      name: 'grandparents',
      serves: ['children'],
      body: {
        title: 'The grandparents look after the daughter in the afternoon',
        responsible: { kind: 'informal_helper', name: 'Grandparents' },
        endOn: inMonths(12),
        frequency: 'Three afternoons a week',
        howChecked: 'Talk with the grandmother',
      },
    },
  ],
});

/** Decided in the conference: professional supervision for the son. */
export const sonsHome = ({ livingCommunity }: Directory): DraftMeasure => ({
  name: 'living',
  serves: ['children'],
  body: {
    title: 'The son lives in an assisted living community for a time',
    responsible: by('provider', livingCommunity),
    serviceId: livingCommunity.serviceId,
    endOn: inMonths(12),
    frequency: 'Day and night',
    costCents: 0,
    payer: 'Youth office',
    howChecked: 'Talk with the son, his key worker and the youth office every six weeks',
  },
});
