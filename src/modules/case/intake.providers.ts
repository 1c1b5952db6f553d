import { CaseRequestQueries } from './application/intake/case-request.queries';
import { CaseRequestRepository } from './application/intake/case-request.repository';
import { CaseRequestService } from './application/intake/case-request.service';
import { DeclineLetterQueries } from './application/intake/decline-letter.queries';
import { ComplaintWayRepository, DeclineLetterRepository } from './application/intake/decline-letter.repositories';
import { DeclineLetterService } from './application/intake/decline-letter.service';
import { ScreeningQuestionSetQueries } from './application/intake/screening-question-set.queries';
import { ScreeningQuestionSetRepository } from './application/intake/screening-question-set.repository';
import { ScreeningQuestionSetService } from './application/intake/screening-question-set.service';
import { CaseRequestController } from './http/intake/case-request.controller';
import { DeclineLetterController } from './http/intake/decline-letter.controller';
import { ScreeningQuestionSetController } from './http/intake/screening-question-set.controller';

/** Requests, the questions that screen them and the letters that decline them: spread into the case module. */
export const INTAKE_CONTROLLERS = [CaseRequestController, ScreeningQuestionSetController, DeclineLetterController];
export const INTAKE_PROVIDERS = [
  CaseRequestRepository,
  CaseRequestService,
  CaseRequestQueries,
  ScreeningQuestionSetRepository,
  ScreeningQuestionSetService,
  ScreeningQuestionSetQueries,
  DeclineLetterRepository,
  ComplaintWayRepository,
  DeclineLetterService,
  DeclineLetterQueries,
];
