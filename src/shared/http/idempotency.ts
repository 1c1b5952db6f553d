import { type KeyObject, createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { context } from '../context';
import { UnitOfWork } from '../database/unit-of-work';
import { HttpProblem } from './problem';
import { seal, unseal } from '../vault/sealed';

/** Encrypts stored answers; made from the instance's secret. */
export class AnswerKey {
  constructor(readonly key: KeyObject) {}
}

/** An answer as it left: replayed byte for byte. */
export type SentAnswer = { status: number; headers: Record<string, string>; body: string };

/** One use of an Idempotency-Key. */
export type KeyUse = { hash: Buffer; fingerprint: Buffer };

/**
 * Idempotency-Key after draft-ietf-httpapi-idempotency-key-header: the answer is stored, encrypted, in the very
 * statement that stores the change, so there is no state "in progress" to clean up after a crash. A repetition runs
 * into the stored key, changes nothing and gets the first answer. Refusals are not stored: they changed nothing, and
 * the same key may succeed once their cause is gone (docs/adr/0006).
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly secret: AnswerKey,
  ) {}

  /** The use of a key that this request makes, or null when it carries none. */
  use(req: FastifyRequest, required: boolean): KeyUse | null {
    const header = req.headers['idempotency-key'];
    if (header === undefined) {
      if (required) throw new HttpProblem(400, 'idempotency-key-missing');
      return null;
    }
    const raw = Array.isArray(header) ? header.join(',') : header;
    const key =
      /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/.exec(raw)?.[1] ??
      (/^[\x21\x23-\x7e]{1,255}$/.test(raw) ? raw : null);
    if (key === null) throw new HttpProblem(400, 'idempotency-key-malformed');
    const { tenantId, user } = context();
    const sha = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest();
    return {
      hash: sha(tenantId, user!.subject, req.method, req.routeOptions.url ?? '', key),
      fingerprint: sha(req.method, req.url, JSON.stringify(req.body ?? null)),
    };
  }

  /** Adds the answer to the unit of work; the unit fails if the key was stored meanwhile. */
  store({ hash, fingerprint }: KeyUse, answer: SentAnswer): void {
    const sealed = seal(JSON.stringify(answer), this.secret.key, hash);
    this.uow.write({
      guarded: 'stored answer',
      sql: (add) => `
        insert into platform.stored_answer (tenant_id, key_hash, fingerprint, answer, expires_at)
        values (${add(context().tenantId)}, ${add(hash)}, ${add(fingerprint)}, ${add(sealed)}, now() + interval '24 hours')
        on conflict (tenant_id, key_hash) do update set fingerprint = excluded.fingerprint, answer = excluded.answer,
          expires_at = excluded.expires_at where stored_answer.expires_at < now()
        returning 1`,
    });
  }

  /** The answer first given for the key, or null; another payload under the same key is refused (422). */
  async earlier({ hash, fingerprint }: KeyUse): Promise<SentAnswer | null> {
    const [row] = await this.uow.query<{ fingerprint: Buffer; answer: Buffer }>(
      'select fingerprint, answer from platform.stored_answer where tenant_id = $1 and key_hash = $2 and expires_at >= now()',
      [context().tenantId, hash],
    );
    if (!row) return null;
    if (!row.fingerprint.equals(fingerprint)) throw new HttpProblem(422, 'idempotency-key-reused');
    return JSON.parse(unseal(row.answer, this.secret.key, hash)) as SentAnswer;
  }
}
