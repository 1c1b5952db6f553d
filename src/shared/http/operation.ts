import {
  HttpCode,
  SetMetadata,
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SCOPES, type Purpose, type Scope } from '../auth/policies';
import { context } from '../context';
import type { Expected } from '../database/aggregate-repository';
import { Receipt } from './answer';
import { HttpProblem } from './problem';

export const OPERATION = 'lotse:operation';

/** What an operation needs and does; read by the guard, the manners and the contract. */
export type OperationOptions = {
  /** operationId: unique, stable, camelCase. */
  id: string;
  summary: string;
  description?: string;
  scope: Scope;
  /** Rule ids of domain.md this operation carries out. */
  rules?: string[];
  /** The one purpose it may be used for; default is any purpose of the user's roles. */
  purpose?: Purpose;
  /** A creating POST: 201 with `Location: /v1/<creates>/<id>`; Idempotency-Key is required. */
  creates?: string;
  /** A change of an existing thing: If-Match is required (428 without, 412 when stale). */
  changes?: boolean;
  /** The class of the thing answered; commands answer a Receipt. */
  answers?: Type;
  /** The media type of the file answered instead. */
  downloads?: string;
  /** The class of the rows of the page answered. */
  lists?: Type;
};

const pageOf = (row: Type) => ({
  type: 'object' as const,
  required: ['data', 'page'],
  properties: {
    data: { type: 'array' as const, maxItems: 200, items: { $ref: getSchemaPath(row) } },
    page: {
      type: 'object' as const,
      required: ['limit', 'next', 'prev'],
      properties: {
        limit: { type: 'integer' as const, format: 'int32', minimum: 1, maximum: 200 },
        next: {
          type: 'string' as const,
          nullable: true,
          maxLength: 2000,
          description: 'Cursor of the next page, null at the end',
        },
        prev: { type: 'string' as const, nullable: true, maxLength: 2000, description: 'Cursor of the page before' },
      },
    },
  },
});

type Handler = (this: unknown, ...args: unknown[]) => Promise<unknown>;

/** Puts the manners of the instance that serves the request around a handler. */
function mannered(options: OperationOptions): MethodDecorator {
  return (_controller, _name, descriptor) => {
    const handler = descriptor.value as Handler;
    const around: Handler = function (...args) {
      const { manners, req, res } = context().exchange!;
      return manners.run(options, req, res, async () => handler.apply(this, args));
    };
    // Swagger finds the parameters of a handler by its name.
    descriptor.value = Object.defineProperty(around, 'name', { value: handler.name }) as never;
  };
}

/** Declares an operation: its scope, its contract and its manners, in one place. Routes without it are refused. */
export function Operation(o: OperationOptions): MethodDecorator {
  const model = o.lists ?? o.answers ?? Receipt;
  const status = o.creates ? 201 : 200;
  const etag = {
    ETag: {
      description: 'Strong validator: the version in quotes',
      schema: { type: 'string' as const, maxLength: 20 },
    },
  };
  return applyDecorators(
    mannered(o),
    SetMetadata(OPERATION, o),
    HttpCode(status),
    ApiExtraModels(model),
    ApiBearerAuth('bearer'),
    ApiOperation({
      operationId: o.id,
      summary: o.summary,
      description: [
        o.description,
        o.rules && `Rules: ${o.rules.join(', ')}.`,
        `Needs the scope \`${o.scope}\`: ${SCOPES[o.scope]}.`,
      ]
        .filter(Boolean)
        .join('\n\n'),
      'x-required-scope': o.scope,
    } as Parameters<typeof ApiOperation>[0]),
    ApiHeader({
      name: 'Lotse-Purpose',
      required: false,
      description: 'Why the data is used; default is the first purpose of your role',
      schema: { type: 'string', maxLength: 40, pattern: '^[a-z_]+$' },
    }),
    ...(o.creates
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: true,
            description: 'A string of your choice, in quotes; the same key answers the same result for 24 hours',
            schema: {
              type: 'string',
              minLength: 1,
              maxLength: 257,
              pattern: '^[\\x21-\\x7e]+$',
              example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
            },
          }),
        ]
      : []),
    ...(o.changes
      ? [
          ApiHeader({
            name: 'If-Match',
            required: true,
            description: 'The ETag you last saw, or *',
            schema: { type: 'string', minLength: 1, maxLength: 20, pattern: '^(\\*|"\\d+")$', example: '"3"' },
          }),
        ]
      : []),
    ApiResponse({
      status,
      description: o.creates ? 'Created' : 'Done',
      headers: {
        ...(o.lists
          ? {
              Link: {
                description: 'rel="first", "next" and "prev" of a list that is got',
                schema: { type: 'string', maxLength: 8000 },
              },
            }
          : etag),
        ...(o.creates
          ? { Location: { description: 'Where the new thing is', schema: { type: 'string', maxLength: 500 } } }
          : {}),
      },
      ...(o.downloads
        ? {
            content: {
              [o.downloads]: { schema: { type: 'string' as const, format: 'binary', maxLength: 100_000_000 } },
            },
          }
        : o.lists
          ? { schema: pageOf(o.lists) }
          : { type: model }),
    }),
  );
}

export const PUBLIC = 'lotse:public';
/** Marks a route that needs no token: health, contract, problem pages. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** The version an If-Match header names, or '*'; null without the header. */
function expectedVersion(host: ExecutionContext): Expected | null {
  const value = host.switchToHttp().getRequest<FastifyRequest>().headers['if-match']?.trim();
  if (!value) return null;
  if (value === '*') return '*';
  const version = /^"(\d{1,9})"$/.exec(value)?.[1];
  if (version !== undefined) return Number(version);
  // Weak validators, lists and foreign tags are well-formed, but never match under strong comparison (RFC 9110, 13.1.1).
  const wellFormed = /^(W\/)?"[\x21\x23-\x7e]*"(\s*,\s*(W\/)?"[\x21\x23-\x7e]*")*$/.test(value);
  throw wellFormed ? new HttpProblem(412, 'precondition-failed') : new HttpProblem(400, 'if-match-malformed');
}

/** The version the caller expects to change; 428 without. */
export const IfMatch = createParamDecorator((_: unknown, host: ExecutionContext): Expected => {
  const expected = expectedVersion(host);
  if (expected === null) throw new HttpProblem(428, 'precondition-required');
  return expected;
});

/** The same where a PUT makes the thing when it is not there yet: null without the header. */
export const OptionalIfMatch = createParamDecorator((_: unknown, host: ExecutionContext) => expectedVersion(host));
