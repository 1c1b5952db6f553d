import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentContext } from '../context';
import { InvalidInput, type Localised, NotFound, RuleBroken, Stale, knownRefusals } from '../domain/errors';
import { HttpProblem, PROBLEMS } from './problem';

/** A problem document after RFC 9457, before it knows its request. */
export type Problem = { status: number; code: string; extra?: object; headers?: Readonly<Record<string, string>> };
type Language = keyof Localised;

/** The code of a fault that Fastify or Nest found, by status. */
const BY_STATUS: Record<number, keyof typeof PROBLEMS> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  414: 'malformed-request',
  415: 'unsupported-media-type',
  422: 'validation-error',
  429: 'quota-exceeded',
  431: 'malformed-request',
  503: 'unavailable',
};
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '53300',
  // Two units of work in each other's way: nothing is stored, and the next try finds the way free.
  '40001',
  '40P01',
]);

/** What kind of problem an error is. Only the unknown ones are ours (500). */
export function problemOf(error: unknown): Problem {
  if (error instanceof RuleBroken) {
    const { unmet, ...facts } = error.facts;
    return {
      status: knownRefusals.get(error.code)?.status ?? 409,
      code: error.code,
      extra: { ...facts, ...(unmet ? { unmet } : {}) },
    };
  }
  if (error instanceof NotFound) return { status: 404, code: 'not-found' };
  if (error instanceof Stale) return { status: 412, code: 'precondition-failed' };
  if (error instanceof InvalidInput) return { status: 422, code: 'validation-error', extra: { errors: error.faults } };
  if (error instanceof HttpProblem)
    return { status: error.status, code: error.code, extra: error.extra, headers: error.headers };
  if (error instanceof NotFoundException) return { status: 404, code: 'not-found' };
  const status =
    error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number })?.statusCode ?? 500);
  const known = BY_STATUS[status];
  if (known) return { status: PROBLEMS[known].status, code: known };
  const code = (error as { code?: string })?.code ?? '';
  if (UNREACHABLE.has(code) || /Connection terminated|timeout exceeded when trying to connect/.test(String(error)))
    return { status: 503, code: 'unavailable', headers: { 'retry-after': '2' } };
  if (code === '23505') return { status: 409, code: 'already-exists' };
  // What PostgreSQL cannot hold (text with NUL, a day in the year 0) passed every other check.
  if (['22021', '22P05', '22007', '22008'].includes(code)) return { status: 400, code: 'malformed-request' };
  return { status: 500, code: 'internal' };
}

/** The language that an Accept-Language prefers of the two there are; English where it names neither. */
export const languageOf = (header: string | undefined): Language => {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
      return { language: tag.trim().slice(0, 2).toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ language, q }) => (language === 'de' || language === 'en') && q > 0)
    .sort((a, b) => b.q - a.q);
  return (wanted[0]?.language as Language | undefined) ?? 'en';
};

/** What a problem of that code says, or undefined where there is none. */
export const textOf = (code: string): { title: Localised; detail: Localised; status?: number } | undefined =>
  knownRefusals.get(code) ?? (Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as keyof typeof PROBLEMS] : undefined);

type Circumstances = { requestId: string; traceId?: string; language?: Language; publicUrl: string };

/** The problem as RFC 9457 writes it, in the caller's language. */
export function problemDocument(
  { code, status, extra = {} }: Problem,
  { requestId, traceId = '', language = 'en', publicUrl }: Circumstances,
): object {
  const { unmet, errors, ...rest } = extra as { unmet?: string[]; errors?: { detail: string | Localised }[] };
  // The facts first, so that none can take the place of a standard member.
  return {
    ...rest,
    type:
      code === 'quota-exceeded'
        ? 'https://iana.org/assignments/http-problem-types#quota-exceeded'
        : `${publicUrl}/problems/${code}`,
    title: textOf(code)?.title[language] ?? code,
    status,
    detail: textOf(code)?.detail[language] ?? code,
    instance: `urn:request:${requestId}`,
    code,
    traceId,
    ...(unmet ? { unmet: unmet.map((c) => ({ code: c, detail: textOf(c)?.detail[language] ?? c })) } : {}),
    ...(errors
      ? { errors: errors.map((e) => ({ ...e, detail: typeof e.detail === 'string' ? e.detail : e.detail[language] })) }
      : {}),
  };
}

/** Sends a problem document; used by the filter and where no filter is reached. */
export function sendProblem(req: FastifyRequest, res: FastifyReply, problem: Problem, publicUrl: string): void {
  const language = languageOf(req.headers['accept-language']);
  const context = currentContext();
  void res
    .status(problem.status)
    .headers({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
      ...problem.headers,
    })
    .send(
      JSON.stringify(
        problemDocument(problem, {
          requestId: context?.requestId ?? req.id,
          traceId: context?.traceparent.split('-')[1],
          language,
          publicUrl,
        }),
      ),
    );
}

/** Every error leaves as RFC 9457 application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');
  constructor(private readonly publicUrl: () => string) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const req = http.getRequest<FastifyRequest>();
    const methods = error instanceof NotFoundException ? req.server.methodsOf(req.url) : [];
    const problem =
      methods.length > 0
        ? { status: 405, code: 'method-not-allowed', headers: { allow: methods.join(', ') } }
        : problemOf(error);
    if (problem.status >= 500)
      // The message of a database error may quote data: only its class, code and place are logged.
      this.log.error({
        msg: 'request failed',
        requestId: currentContext()?.requestId,
        error: error instanceof Error ? error.name : typeof error,
        code: (error as { code?: string })?.code,
        stack: error instanceof Error ? error.stack?.split('\n').slice(1, 6).join('\n') : undefined,
      });
    sendProblem(req, http.getResponse<FastifyReply>(), problem, this.publicUrl());
  }
}
