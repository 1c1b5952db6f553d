import { Instant, Int, IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { AUDIT_RESULTS, type AuditResult, EVIDENCE_TYPES, type EvidenceType } from '../domain/rule';
import { RULES } from '../domain/rules';

const RULE_IDS = RULES.map(({ id }) => id);
const COUNT = { min: 0, max: 2_147_483_647 };

export class AuditPeriodDto {
  @IsoDate({ optional: true, description: 'Cases still open on this day or closed later' }) from?: string;
  @IsoDate({ optional: true, example: '2026-06-30', description: 'Cases opened until this day' }) to?: string;
}

export class AuditSampleDto {
  @Int({ min: 1, max: 100_000, example: 50 }) size: number;
  @Text({ max: 100, example: '2026-q1', description: 'The same seed draws the same cases' }) seed: string;
}

/** Which cases are audited; what is left out does not narrow. */
export class AuditScopeDto {
  @Nested(() => AuditPeriodDto, { optional: true }) period?: AuditPeriodDto;
  @Text({ optional: true, description: 'Subject of the responsible case manager' }) responsible?: string;
  @Text({ optional: true, example: 'hospital', description: 'Organisational unit' }) team?: string;
  @Nested(() => AuditSampleDto, { optional: true, description: 'A sample instead of all cases' })
  sample?: AuditSampleDto;
}

export class StartAuditRunDto {
  @Nested(() => AuditScopeDto, { description: 'An empty scope means all cases' }) scope: AuditScopeDto;
}

export class AuditRuleSummary {
  @OneOf(RULE_IDS, { example: 'reviews-on-time' }) rule: string;
  @Int(COUNT) met: number;
  @Int(COUNT) notMet: number;
  @Int({ ...COUNT, description: 'Nothing to judge, or nothing due yet' }) notApplicable: number;
  @Int({
    min: 0,
    max: 100,
    nullable: true,
    description: 'Met per judged case, whole per cent; null when none was judged',
  })
  rate: number | null;
}

/** An audit run; it never changes. */
export class AuditRunView {
  @Uuid() id: string;
  @Int({ min: 1, max: 1 }) version: number;
  @OneOf(['completed']) status: 'completed';
  @Nested(() => AuditScopeDto) scope: AuditScopeDto;
  @Text({ max: 20, example: '2026.1', description: 'The catalogue the rules come from' }) catalogueVersion: string;
  @IsoDate({ description: 'The day the rules judge by' }) asOf: string;
  @Instant({ nullable: true, description: 'The latest event among the facts examined; null when there were no cases' })
  dataTime: string | null;
  @Int({ ...COUNT, description: 'Cases examined' }) cases: number;
  @NestedList(() => AuditRuleSummary) summary: AuditRuleSummary[];
  @Text() startedBy: string;
  @Instant() startedAt: string;
  @Instant() completedAt: string;
}

export class AuditEvidence {
  @OneOf(EVIDENCE_TYPES) type: EvidenceType;
  @Uuid() id: string;
  @Text({
    max: 80,
    example: 'held-late',
    description: 'What was seen there; explained with the rule in `GET /v1/standards`',
  })
  note: string;
  @IsoDate() on: string;
  @Text({
    max: 200,
    example: '/v1/reviews/0190f3f0-0000-7000-8000-000000000001',
    description: 'Where the API shows it',
  })
  href: string;
}

/** What one rule said of one case. */
export class AuditResultRow {
  @Uuid() caseId: string;
  @OneOf(RULE_IDS, { example: 'reviews-on-time' }) rule: string;
  @OneOf(AUDIT_RESULTS) result: AuditResult;
  @NestedList(() => AuditEvidence, {
    max: 100,
    description: 'Where not met: what does not fit, otherwise what was judged',
  })
  evidence: AuditEvidence[];
  @Text({ min: 64, max: 64, description: 'SHA-256 of the facts examined: equal hashes, equal verdicts' })
  factsHash: string;
}

export class AuditResultsQuery extends PageQuery {
  @OneOf(RULE_IDS, { optional: true }) rule?: string;
  @OneOf(AUDIT_RESULTS, { optional: true }) result?: AuditResult;
  @Uuid({ optional: true }) caseId?: string;
}
