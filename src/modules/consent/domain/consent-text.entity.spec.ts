import { createHash } from 'node:crypto';
import { ConsentText } from './consent-text.entity';

const stamp = { by: 'head', at: '2026-03-01T09:00:00.000Z' };
const terms = {
  kind: 'disclosure' as const,
  purpose: 'referral',
  language: 'de',
  textVersion: '2026-01',
  text: 'Ich entbinde … von der Schweigepflicht.',
};

describe('ConsentText', () => {
  it('CONS-1: carries the SHA-256 of exactly what is shown', () => {
    const text = ConsentText.publish(terms, stamp);
    expect(text.sha256).toBe(createHash('sha256').update(Buffer.from(terms.text, 'utf8')).digest('hex'));
    expect(ConsentText.publish({ ...terms, text: `${terms.text} ` }, stamp).sha256).not.toBe(text.sha256);
  });

  it('CONS-1: a retired text is not shown any more, and retired once', () => {
    const text = ConsentText.publish(terms, stamp);
    expect(text.inUse).toBe(true);
    text.retire(stamp);
    expect(text.inUse).toBe(false);
    expect(() => text.retire(stamp)).toThrow('consent-text-retired');
  });
});
