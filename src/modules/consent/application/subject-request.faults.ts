import type { FieldFault } from '../../../shared/domain/errors';

export const NO_SUCH_PERSON: FieldFault = {
  pointer: '#/personId',
  code: 'person-not-on-record',
  detail: {
    en: 'There is no such person. Look for them (POST /v1/persons/search); where nothing is held on somebody, answer them so.',
    de: 'Diese Person ist nicht erfasst. Suchen Sie sie (POST /v1/persons/search); ist über jemanden nichts gespeichert, teilen Sie das mit.',
  },
};

export const NO_OWN_PERSON: FieldFault = {
  pointer: '#/personId',
  code: 'not-your-own',
  detail: {
    en: 'Name the person the request is about. From the own account a request can be filed for oneself only; for a child or somebody else, please ask your case manager.',
    de: 'Nennen Sie die Person, um die es geht. Aus dem eigenen Konto kann nur für sich selbst beantragt werden; für ein Kind oder jemand anderen wenden Sie sich bitte an Ihre Case Managerin oder Ihren Case Manager.',
  },
};

export const NO_SUCH_REQUEST: FieldFault = {
  pointer: '#/subjectRequestId',
  code: 'request-of-another',
  detail: {
    en: 'There is no such request of this person. Name one of theirs, or leave it out.',
    de: 'Einen solchen Antrag dieser Person gibt es nicht. Nennen Sie einen ihrer Anträge, oder lassen Sie das Feld weg.',
  },
};
