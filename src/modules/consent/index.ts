export { ConsentModule } from './consent.module';
export { ConsentConditions } from './application/consent.conditions';
export { ConsentsAnew } from './application/consents-anew.reader';
export { ConsentReader, type Carrier, type Outflow, type Verdict } from './application/consent.reader';
export {
  CONSENT_PURPOSES,
  DATA_CATEGORIES,
  type ConsentPurpose,
  type DataCategory,
  type Recipient,
} from './domain/words';
