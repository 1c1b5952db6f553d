import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv';
import { HttpProblem } from './problem';

type Fault = { detail: string; code: string; pointer?: string; parameter?: string; in?: string };

function faultsOf(
  errors: readonly ValidationError[],
  path: string[] = [],
): { path: string[]; code: string; detail: string }[] {
  return errors.flatMap((error) => {
    const here = [...path, error.property];
    return [
      ...Object.entries(error.constraints ?? {}).map(([code, detail]) => ({ path: here, code, detail })),
      ...faultsOf(error.children ?? [], here),
    ];
  });
}

const pointer = (path: string[]) =>
  '#' + path.map((part) => '/' + encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('');

const refuse = (type: ArgumentMetadata['type']) => (errors: ValidationError[]) => {
  const faults: Fault[] = faultsOf(errors).map(({ path, code, detail }) => ({
    detail,
    code,
    ...(type === 'body'
      ? { pointer: pointer(path) }
      : { parameter: path.join('.'), in: type === 'query' ? 'query' : 'path' }),
  }));
  return new HttpProblem(422, 'validation-error', { errors: faults });
};

const options = (type: ArgumentMetadata['type']) => ({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
  exceptionFactory: refuse(type),
});

/**
 * Checks bodies with validators compiled from the contract (microseconds); only a body that fails is given to
 * class-validator, which names every wrong field. Query parameters always go the second way, for their conversion.
 */
@Injectable()
export class BodyPipe extends ValidationPipe {
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly others = new ValidationPipe(options('query'));

  constructor() {
    super({ ...options('body'), transformOptions: { enableImplicitConversion: false } });
  }

  /** Compiles the schema of every request body of the contract; called once at start. */
  compile(document: OpenAPIObject): void {
    const ajv = addFormats(new Ajv({ strict: false, multipleOfPrecision: 9, coerceTypes: false }));
    const schemas = JSON.parse(
      JSON.stringify(document.components?.schemas ?? {}).replaceAll('#/components/schemas/', 'lotse#/$defs/'),
    ) as Record<string, { additionalProperties?: unknown }>;
    ajv.addSchema({ $id: 'lotse', $defs: schemas });
    for (const [name, { additionalProperties }] of Object.entries(schemas))
      if (additionalProperties === false) this.compiled.set(name, ajv.compile({ $ref: `lotse#/$defs/${name}` }));
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body') return this.others.transform(value, metadata) as Promise<unknown>;
    if (this.compiled.get(metadata.metatype?.name ?? '')?.(value)) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new HttpProblem(422, 'validation-error', {
        errors: [{ detail: 'the body must be a JSON object', code: 'isObject', pointer: '#' }],
      });
    return (await super.transform(value, metadata)) as unknown;
  }
}
