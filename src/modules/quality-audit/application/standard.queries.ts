import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../shared/domain/errors';
import { Answer } from '../../../shared/http/answer';
import { type Localised, type Standard, type StandardCheck, catalogue } from '../domain/catalogue';
import { ruleOf } from '../domain/rules';

type ShownCheck = Omit<StandardCheck, 'rule'> & {
  rule?: { id: string; advice: Localised; notes: { code: string; text: Localised }[] };
};
type ShownStandard = Omit<Standard, 'checks'> & { checks: ShownCheck[] };

/** Shows the quality catalogue (QA-1) with what its automatic rules say. */
@Injectable()
export class StandardQueries {
  all(): Answer<object> {
    const { version, title, standards } = catalogue;
    return new Answer({ version, title, standards: standards.map(shown) }, null);
  }

  one(id: string): Answer<object> {
    const standard = catalogue.standards.find((s) => s.id === id);
    if (!standard) throw new NotFound('standard', id);
    return new Answer({ catalogueVersion: catalogue.version, ...shown(standard) }, null);
  }
}

const shown = ({ checks, ...standard }: Standard): ShownStandard => ({
  ...standard,
  checks: checks.map((check) => {
    if (!('rule' in check)) return check;
    const { rule: id, ...rest } = check;
    const { advice, notes } = ruleOf(id)!;
    return { ...rest, rule: { id, advice, notes: Object.entries(notes).map(([code, text]) => ({ code, text })) } };
  }),
});
