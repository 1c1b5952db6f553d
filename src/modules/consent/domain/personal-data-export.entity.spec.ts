import { PersonalDataExport } from './personal-data-export.entity';

const stamp = { by: 'dpo', at: '2026-03-02T09:00:00.000Z' };

describe('GDPR 15: a copy of own data', () => {
  it('that somebody finished is not given up by another who failed: its files would be kept for ever', () => {
    const made = PersonalDataExport.ask('p1', 'r1', stamp);
    made.complete(stamp);
    made.giveUp(stamp);
    expect(made.status).toBe('ready');
    expect(made.pullEvents()).toHaveLength(1);
    const failing = PersonalDataExport.ask('p1', 'r1', stamp);
    failing.giveUp(stamp);
    expect(failing.status).toBe('failed');
  });
});
