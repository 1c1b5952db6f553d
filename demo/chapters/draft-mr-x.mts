import { inMonths } from '../days.mts';
import { type Draft, type DraftMeasure, type Measure, aim, by, outcome } from './draft.mts';
import type { Family } from './family.mts';
import type { Needs } from './findings.mts';
import type { Directory, Place } from './house.mts';

/** What the service plan of Mr X says. */
export const physiotherapyBy = (place: Place): Measure => ({
  title: 'Physiotherapy',
  responsible: by('provider', place),
  serviceId: place.serviceId,
  endOn: inMonths(6),
  frequency: 'Twice a week',
  costCents: 0,
  howChecked: 'Report of the practice every two months',
});

export const draftOfMrX = (needs: Needs, places: Directory): Draft => ({
  goals: [
    aim('principle', 'home', 'Mr X lives at home, independent of care.', { needIds: [needs.mobility, needs.care] }),
    aim('framework', 'body', 'He moves and looks after himself.', { under: 'home' }),
    aim('framework', 'supply', 'His health care is secured.', { under: 'home' }),
    aim('principle', 'father', 'Mr X is a father to his son.', { needIds: [needs.son] }),
    aim('framework', 'contact', 'Father and son have something to do with each other.', { under: 'father' }),
    outcome('independence', 'body', 6, 3, {
      statement: 'Mr X walks through the flat with the frame and needs care once a day at most.',
      clientWords: 'I want to get to my garden again.',
      indicators: [{ name: 'Steps by himself', baseline: '0', target: '50', unit: 'steps' }],
      levels: [
        'Bedridden',
        'Walks with a helper',
        'Walks in the flat with the frame',
        'Walks by himself, needs no care',
        'Works full time again',
      ],
    }),
    outcome('healthCare', 'supply', 3, 2, {
      statement: 'Rehabilitation, walking aid and physiotherapy are in place.',
      indicators: [{ name: 'Kinds of help in place', baseline: '0', target: '3' }],
      levels: ['None', 'One of three', 'All three', 'All three without waiting', 'No longer needed'],
    }),
    outcome('sonOfHis', 'contact', 6, 2, {
      statement: 'Mr X and his son meet once a week without a quarrel.',
      clientWords: 'He should know that I am there.',
      indicators: [{ name: 'Meetings in a month', baseline: '0', target: '4' }],
      barriers: 'Many disappointments on both sides',
      planB: 'The grandfather comes along for the first times',
      levels: [
        'No contact',
        'Messages only',
        'They meet every week',
        'They do something together',
        'He asks his father for advice',
      ],
    }),
  ],
  measures: [
    {
      name: 'exercises',
      serves: ['independence'],
      body: {
        title: 'Exercises every morning; his daughter counts',
        responsible: { kind: 'client', name: 'Mr X' },
        endOn: inMonths(6),
        frequency: 'Daily',
        howChecked: 'Diary on the fridge',
      },
    },
    {
      name: 'letters',
      serves: ['sonOfHis'],
      body: {
        title: 'A message to his son every Sunday, and an invitation to the garden',
        responsible: { kind: 'client', name: 'Mr X' },
        endOn: inMonths(6),
        frequency: 'Weekly',
        howChecked: 'Talk in every contact',
      },
    },
    {
      name: 'rehabilitation',
      serves: ['independence', 'healthCare'],
      body: {
        title: 'Neurological rehabilitation',
        responsible: by('provider', places.clinic),
        serviceId: places.clinic.serviceId,
        endOn: inMonths(2),
        frequency: 'Six weeks',
        costCents: 0,
        howChecked: 'Report of the clinic',
      },
    },
    {
      name: 'physiotherapy',
      serves: ['independence', 'healthCare'],
      body: physiotherapyBy(places.physiotherapyOnTheHill),
    },
    {
      name: 'walkingFrame',
      serves: ['independence', 'healthCare'],
      body: {
        title: 'A walking frame, fitted at home',
        responsible: by('provider', places.medicalSupplies),
        serviceId: places.medicalSupplies.serviceId,
        endOn: inMonths(1),
        frequency: 'Once',
        costCents: 14_900,
        payer: 'Hospital’s discharge fund',
        howChecked: 'Home visit',
      },
    },
  ],
});

/** Decided in the conference: the neighbours help, and are paid for it. */
export const neighboursCare = ({ neighbour }: Family): DraftMeasure => ({
  name: 'neighbours',
  serves: ['independence'],
  body: {
    title: 'The neighbours help with daily care and are compensated',
    responsible: { kind: 'informal_helper', id: neighbour, name: 'Neighbours of Garden Street' },
    endOn: inMonths(6),
    frequency: 'Mornings and evenings',
    costCents: 108_000,
    payer: 'Care allowance',
    howChecked: 'Both sides are asked once a month whether it still suits them',
  },
});
