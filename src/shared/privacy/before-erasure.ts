import { Injectable } from '@nestjs/common';

/**
 * Asked before the file of a case is erased, in the transaction that erases it: who was given data of it stands in what
 * is about to go, and has to be told (GDPR 19).
 */
@Injectable()
export class BeforeErasure {
  /** Set by the consent module, which keeps the disclosure register. */
  caseFile: (file: { caseId: string; runId: string }) => Promise<void> = async () => {};
}
