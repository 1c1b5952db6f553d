export { CaseModule } from './case.module';
export { CaseReader, type CaseFacts } from './application/case.reader';
