import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types';
import { context } from '../context';
import type { Localised } from '../domain/errors';
import { type FieldSaying, sayingOf, wordsOf } from './fault-words';
import { DAY, INSTANT, fromText } from './fields';
import { HttpProblem } from './problem';

/** Bodies with more values than any real one are not explained field by field: that would take seconds. */
const EXPLAINED = 2000;
/** Faults named in one answer: the contract's maximum. */
const NAMED = 1000;

type Fault = { detail: string | Localised; code: string; pointer?: string; parameter?: string; in?: string };

function faultsOf(errors: readonly ValidationError[], path: string[] = []): (FieldSaying & { path: string[] })[] {
  return errors.flatMap((error) => {
    const here = [...path, error.property];
    return [
      ...(error.constraints ? [{ path: here, ...sayingOf(error.constraints) }] : []),
      ...faultsOf(error.children ?? [], here),
    ];
  });
}

/** A name as an answer may repeat it: endless ones shortened, what is no text replaced. */
const named = (name: string) =>
  (name.length > 60 ? `${name.slice(0, 60)}…` : name).replaceAll(/\p{Surrogate}/gu, '\ufffd');

const pointer = (path: string[]) =>
  '#' + path.map((part) => '/' + encodeURIComponent(named(part).replaceAll('~', '~0').replaceAll('/', '~1'))).join('');

const refuse = (type: ArgumentMetadata['type']) => (errors: ValidationError[]) => {
  const faults = faultsOf(errors).map(({ path, code, detail }): Fault => ({
    detail,
    code,
    ...(type === 'body'
      ? { pointer: pointer(path) }
      : { parameter: named(path.join('.')), in: type === 'query' ? 'query' : 'path' }),
  }));
  return new HttpProblem(422, 'validation-error', { errors: faults.slice(0, NAMED) });
};

/** What the contract says against a body, field by field. */
const contractFaults = (errors: readonly ErrorObject[]): Fault[] =>
  errors.flatMap(({ instancePath, keyword, params, message }) => {
    // "or null" and "one of these" say nothing beyond the other faults of the field.
    const { type, missingProperty = params.additionalProperty } = params as Record<string, string>;
    if (keyword === 'anyOf' || type === 'null') return [];
    const path = instancePath.split('/').slice(1);
    const parts = path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const at = pointer(missingProperty === undefined ? parts : [...parts, missingProperty]);
    return [{ detail: wordsOf(keyword, params) ?? message ?? keyword, code: keyword, pointer: at }];
  });

/** Text that JSON, HTTP and PostgreSQL can all hold: no NUL, no half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Ajv with what the contract means by its formats; a UUID is lower-case from here on, as it is stored. */
function contractAjv(allErrors: boolean): Ajv {
  const ajv = addFormats(
    // The contract is linted where it is made.
    new Ajv({ strict: false, validateSchema: false, multipleOfPrecision: 9, coerceTypes: false, allErrors }),
  );
  ajv.addFormat('date', (day: string) => DAY.test(day) && isDay(day));
  ajv.addFormat('date-time', (instant: string) => INSTANT.test(instant) && isDay(instant.slice(0, 10)));
  ajv.addKeyword({
    keyword: 'storable',
    type: 'string',
    validate: (_: unknown, text: string) => !UNSTORABLE.test(text),
  });
  ajv.addKeyword({
    keyword: 'lowerCase',
    type: 'string',
    modifying: true,
    validate: (_: unknown, text: string, _schema?: unknown, at?: DataValidationCxt) => {
      if (at) (at.parentData as Record<string, unknown>)[at.parentDataProperty] = text.toLowerCase();
      return true;
    },
  });
  return ajv;
}

const isDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day;

/** Adds to every text of a schema what the contract cannot say. */
function refine(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as { [key: string]: unknown; storable?: true; lowerCase?: true };
  // The values of an open map are for the domain, which knows its keys and names every wrong one.
  if (typeof schema.additionalProperties === 'object')
    Object.assign(schema, { additionalProperties: { storable: true }, propertyNames: { storable: true } });
  if ([schema.type].flat().includes('string')) schema.storable = true;
  if (schema.format === 'uuid') schema.lowerCase = true;
  Object.values(node).forEach(refine);
}

function isHuge(body: unknown): boolean {
  const values = [body];
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) if (values.push(inner) > EXPLAINED) return true;
  }
  return false;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const options = (type: ArgumentMetadata['type']) => ({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
  exceptionFactory: refuse(type),
});

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

type Operation = {
  operationId?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
};

/**
 * Checks bodies and queries with validators compiled from the contract (microseconds); only what fails is given to
 * class-validator, which names every wrong field.
 */
@Injectable()
export class ContractPipe extends ValidationPipe {
  /** Names of the schemas of bodies. */
  private readonly bodies = new Set<string>();
  /** By operationId. */
  private readonly queries = new Map<string, () => ValidateFunction>();
  private readonly full = contractAjv(true);
  private readonly brief = contractAjv(false);
  private readonly others = new ValidationPipe(options('query'));

  constructor() {
    super({ ...options('body'), transformOptions: { enableImplicitConversion: false } });
  }

  /** Takes the schema of every request body and query of the contract; called once at start. Each is compiled when first used. */
  learn(document: OpenAPIObject): void {
    const schemas = JSON.parse(
      JSON.stringify(document.components?.schemas ?? {}).replaceAll('#/components/schemas/', 'lotse#/$defs/'),
    ) as Record<string, { additionalProperties?: unknown }>;
    refine(schemas);
    for (const ajv of [this.full, this.brief]) ajv.addSchema({ $id: 'lotse', $defs: schemas });
    for (const [name, { additionalProperties }] of Object.entries(schemas))
      if (additionalProperties === false) this.bodies.add(name);
    for (const { operationId, parameters = [] } of Object.values(document.paths).flatMap(
      Object.values,
    ) as Operation[]) {
      const query = parameters.filter((parameter) => parameter.in === 'query');
      if (!operationId || query.length === 0) continue;
      const properties = JSON.parse(
        JSON.stringify(Object.fromEntries(query.map(({ name, schema }) => [name, schema]))).replaceAll(
          '#/components/schemas/',
          'lotse#/$defs/',
        ),
      ) as Record<string, object>;
      refine(properties);
      const required = query.filter((parameter) => parameter.required).map(({ name }) => name);
      const schema = { type: 'object', properties, required, additionalProperties: false };
      this.queries.set(
        operationId,
        once(() => this.brief.compile(schema)),
      );
    }
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'param' && typeof value === 'string' && UUID.test(value)) return value.toLowerCase();
    if (metadata.type === 'query') {
      const read = Object.fromEntries(Object.entries(value as object).map(([name, text]) => [name, fromText(text)]));
      if (this.queries.get(context().operation ?? '')?.()(read)) return read;
    }
    if (metadata.type !== 'body') return this.others.transform(value, metadata) as Promise<unknown>;
    const name = metadata.metatype?.name ?? '';
    const huge = isHuge(value);
    if (!this.bodies.has(name)) return super.transform(value, metadata) as Promise<unknown>;
    const keepsContract = (huge ? this.brief : this.full).getSchema(`lotse#/$defs/${name}`)!;
    if (keepsContract(value)) return value;
    const faults = contractFaults(keepsContract.errors ?? []);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new HttpProblem(422, 'validation-error', {
        errors: [{ ...sayingOf({ isObject: '' }), pointer: '#' }],
      });
    // class-validator words the faults it finds; it takes more than the contract does ("5" for a number, [] for an object).
    const worded = huge
      ? []
      : await super.transform(value, metadata).then(
          () => [],
          (problem: HttpProblem) => problem.extra.errors as Fault[],
        );
    const others = faults.filter(
      ({ pointer: at }) =>
        !worded.some(({ pointer: said }) => `${at}/`.startsWith(`${said}/`) || said!.startsWith(`${at}/`)),
    );
    throw new HttpProblem(422, 'validation-error', { errors: [...worded, ...others].slice(0, NAMED) });
  }
}
