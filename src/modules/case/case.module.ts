import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent';
import { CaseReader } from './application/case/case.reader';
import { HandoverFactsReader } from './application/steering/handover-facts.reader';
import { LinkedCaseReader } from './application/steering/linked-case.reader';
import { SteeringGuests } from './application/steering/steering-guests';
import { CASE_CONTROLLERS, CASE_PROVIDERS } from './case.providers';
import { CASEWORK_CONTROLLERS, CASEWORK_PROVIDERS } from './casework.providers';
import { CIRCLE_CONTROLLERS, CIRCLE_PROVIDERS } from './circle.providers';
import { INTAKE_CONTROLLERS, INTAKE_PROVIDERS } from './intake.providers';
import { caseData } from './personal-data';
import { PERSONS_CONTROLLERS, PERSONS_PROVIDERS } from './persons.providers';
import { STAFF_CONTROLLERS, STAFF_PROVIDERS } from './staff.providers';
import { STEERING_CONTROLLERS, STEERING_PROVIDERS } from './steering.providers';

@Module({
  imports: [ConsentModule],
  controllers: [
    ...CASE_CONTROLLERS,
    ...STAFF_CONTROLLERS,
    ...PERSONS_CONTROLLERS,
    ...CIRCLE_CONTROLLERS,
    ...INTAKE_CONTROLLERS,
    ...CASEWORK_CONTROLLERS,
    ...STEERING_CONTROLLERS,
  ],
  providers: [
    caseData.provider,
    ...CASE_PROVIDERS,
    ...STAFF_PROVIDERS,
    ...PERSONS_PROVIDERS,
    ...CIRCLE_PROVIDERS,
    ...INTAKE_PROVIDERS,
    ...CASEWORK_PROVIDERS,
    ...STEERING_PROVIDERS,
  ],
  exports: [CaseReader, LinkedCaseReader, SteeringGuests, HandoverFactsReader],
})
export class CaseModule {}
