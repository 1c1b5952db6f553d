import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog } from '../audit/access-log';
import { UnitOfWork } from '../database/unit-of-work';
import { NotFound, RuleBroken, Stale } from '../domain/errors';
import { context, runInContext } from '../context';
import { HttpProblem } from './problem';
import { Answer, Download, Page, Receipt, Resource, type Subject, type Warning, warningsIn } from './answer';
import { Idempotency, type KeyUse, type SentAnswer } from './idempotency';
import type { OperationOptions } from './operation';
import { languageOf } from './problem.filter';

/** Tries of a command that takes the thing as it is (`If-Match: *`). */
const ATTEMPTS = 5;
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The manners of every operation: a command is one unit of work with its idempotent answer inside; a read is logged
 * before it leaves, and carries its ETag or links. `@Operation` puts them around the handler (docs/adr/0013).
 */
@Injectable()
export class Manners {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly accessLog: AccessLog,
  ) {}

  /** Carries out one request; what it gives is the body of the answer. */
  run(
    operation: OperationOptions,
    req: FastifyRequest,
    res: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<string | Buffer | undefined> {
    const reads = req.method === 'GET' || req.method === 'HEAD';
    const answer: Promise<string | Buffer | undefined> = reads
      ? this.read(req, res, handle)
      : this.command(operation, req, res, handle);
    return answer.catch(async (error: unknown) => {
      if (error instanceof NotFound && (await this.isRestricted(handle))) {
        await this.accessLog.write({ action: 'refuse', resourceType: operation.id, resourceIds: [], caseId: null });
        throw new HttpProblem(409, 'processing-restricted');
      }
      throw error;
    });
  }

  /**
   * GDPR 18: whether what was not found is there but restricted: then the same would find it, were there no restriction.
   * It is tried in a unit of work that comes to nothing, and only where the organisation restricts anybody at all.
   */
  private async isRestricted(handle: () => Promise<unknown>): Promise<boolean> {
    const restricted = await this.uow.query(
      'select 1 from platform.person_facts where tenant_id = $1 and restricted limit 1',
      [context().tenantId],
    );
    if (restricted.length === 0) return false;
    const tried = new Error('only tried');
    const trial = () =>
      this.uow.run(async () => {
        await handle();
        throw tried;
      });
    // What goes beyond finding it says nothing about a restriction; it may have gone meanwhile.
    return runInContext({ ...context(), passage: 'all' }, trial).catch(
      (error: unknown) => error === tried || error instanceof Stale || error instanceof RuleBroken,
    );
  }

  private async read(
    req: FastifyRequest,
    res: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<string | Buffer | undefined> {
    const found = await handle();
    if (found instanceof Download) {
      await this.log('read', found.subject, res);
      res.headers({
        'content-type': found.contentType,
        'content-disposition': `attachment; filename="${found.fileName}"`,
        'cache-control': 'no-store',
      });
      return found.content;
    }
    if (found instanceof Resource) {
      await this.log('read', found.subject, res);
      const etag = `"${found.version}"`;
      res.header('etag', etag);
      const seen = req.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
      if (seen.includes(etag) || seen.includes('*')) {
        res.status(304);
        return undefined;
      }
      res.header('content-type', JSON_TYPE);
      return found.json;
    }
    if (found instanceof Page) {
      res.header('link', linksOf(req.url, found));
      return this.page(found, res);
    }
    if (found instanceof Answer) return this.answer(found, req, res);
    throw new Error('A read answers a Resource, a Page or an Answer');
  }

  /** A search by POST has no links: its cursor goes into the body like what is looked for. */
  private async page(found: Page, res: FastifyReply): Promise<string> {
    await this.log('search', found.subject, res);
    res.header('content-type', JSON_TYPE);
    const page = JSON.stringify({ limit: found.limit, next: found.next, prev: found.prev });
    return `{"data":[${found.data}],"page":${page}}`;
  }

  private async answer(found: Answer<object>, req: FastifyRequest, res: FastifyReply): Promise<string> {
    await this.log('read', found.subject, res);
    const { headers, body } = written(found.body, req);
    res.headers(headers);
    return body;
  }

  /** Logs a read before its answer leaves, and marks in the answer which records in it are disputed (GDPR 16, 18). */
  private async log(action: 'read' | 'search', subject: Subject, res: FastifyReply): Promise<void> {
    if (!subject) return;
    const disputed = await this.accessLog.write({ action, ...subject });
    if (disputed.length > 0) res.header('lotse-disputed', disputed.join(', '));
  }

  private async command(
    operation: OperationOptions,
    req: FastifyRequest,
    res: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<string> {
    const key = this.idempotency.use(req, operation.creates !== undefined);
    for (let attempt = 1; ; attempt += 1)
      try {
        const outcome = await this.attempt(operation, req, key, handle);
        if (outcome instanceof Page) return await this.page(outcome, res);
        return outcome instanceof Answer ? await this.answer(outcome, req, res) : send(res, outcome);
      } catch (error) {
        const earlier = key && (await this.idempotency.earlier(key));
        if (earlier) {
          res.header('idempotency-replayed', 'true');
          return send(res, earlier);
        }
        // Whoever says `*` means the thing as it is now: a listener that was faster is no reason to refuse (RFC 9110, 13.1.1).
        const again = error instanceof Stale && req.headers['if-match']?.trim() === '*' && attempt < ATTEMPTS;
        if (!again) throw error;
      }
  }

  /** The command as one unit of work, its answer stored under the key with it. */
  private attempt(
    operation: OperationOptions,
    req: FastifyRequest,
    key: KeyUse | null,
    handle: () => Promise<unknown>,
  ) {
    return this.uow.run(async () => {
      const result = await handle();
      if (result instanceof Answer || result instanceof Page) return result as Answer<object> | Page;
      const receipt = result as Receipt;
      const { headers, body } = written(receipt, req);
      const answer: SentAnswer = {
        status: operation.creates ? 201 : 200,
        headers: {
          ...headers,
          etag: `"${receipt.version}"`,
          ...(operation.creates ? { location: `/v1/${operation.creates}/${receipt.id}` } : {}),
        },
        body,
      };
      if (key) this.idempotency.store(key, answer);
      return answer;
    });
  }
}

/** A body as it leaves: its warnings in the caller's language, which is named where there are any. */
function written(body: object, req: FastifyRequest): { headers: Record<string, string>; body: string } {
  const { warnings = [] } = body as { warnings?: readonly Warning[] };
  if (warnings.length === 0) return { headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(body) };
  const language = languageOf(req.headers['accept-language']);
  return {
    headers: { 'content-type': JSON_TYPE, 'content-language': language },
    body: JSON.stringify({ ...body, warnings: warningsIn(language, warnings) }),
  };
}

function send(res: FastifyReply, { status, headers, body }: SentAnswer): string {
  res.status(status).headers(headers);
  return body;
}

function linksOf(url: string, page: Page): string {
  const link = (cursor: string | null, rel: string) => {
    const [path = '', query] = url.split('?');
    const parameters = new URLSearchParams(query);
    if (cursor === null) parameters.delete('cursor');
    else parameters.set('cursor', cursor);
    return `<${path}${parameters.size > 0 ? `?${parameters}` : ''}>; rel="${rel}"`;
  };
  return [
    link(null, 'first'),
    ...(page.next ? [link(page.next, 'next')] : []),
    ...(page.prev ? [link(page.prev, 'prev')] : []),
  ].join(', ');
}
