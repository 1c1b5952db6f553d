import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/**
 * One decorator per field: the validation rule and the OpenAPI contract can never disagree. `optional` fields may be
 * absent; `nullable` ones may be null; both are said in the contract.
 */
export type FieldOptions = { optional?: boolean; nullable?: boolean; description?: string; example?: unknown };

const field = (api: ApiPropertyOptions, rules: PropertyDecorator[], options: FieldOptions): PropertyDecorator => {
  const { optional, nullable, ...doc } = options;
  const presence = optional
    ? [nullable ? IsOptional() : ValidateIf((_, value) => value !== undefined)]
    : nullable
      ? [ValidateIf((_, value) => value !== null)]
      : [IsDefined()];
  return applyDecorators(
    ApiProperty({ ...api, ...doc, required: !optional, ...(nullable ? { nullable: true } : {}) } as ApiPropertyOptions),
    ...rules,
    ...presence,
  );
};

/** A calendar date of the years 1 to 9999. */
export const DAY = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** RFC 3339 without leap seconds, which neither JavaScript nor PostgreSQL keeps. */
export const INSTANT =
  /^(?!0000)\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A UUID, lower or upper case. */
export const Uuid = (o: FieldOptions = {}) => field({ type: String, format: 'uuid', maxLength: 36 }, [IsUUID()], o);

/** A line of text, 1 to `max` (200) characters, not only blanks. */
export const Text = (o: FieldOptions & { min?: number; max?: number; pattern?: RegExp } = {}) => {
  const { min = 1, max = 200, pattern = /\S/, ...rest } = o;
  return field(
    { type: String, minLength: min, maxLength: max, pattern: pattern.source },
    [IsString(), Length(min, max), Matches(pattern)],
    rest,
  );
};

/** Free text of up to 10,000 characters. */
export const LongText = (o: FieldOptions & { min?: number; max?: number } = {}) => Text({ max: 10_000, ...o });

/** A calendar date, YYYY-MM-DD. */
export const IsoDate = (o: FieldOptions = {}) =>
  field({ type: String, format: 'date', maxLength: 10 }, [IsISO8601({ strict: true }), Matches(DAY)], {
    example: '2026-03-01',
    ...o,
  });

/** An instant with its offset, RFC 3339. */
export const Instant = (o: FieldOptions = {}) =>
  field({ type: String, format: 'date-time', maxLength: 35 }, [IsISO8601({ strict: true }), Matches(INSTANT)], {
    example: '2026-03-01T09:30:00.000Z',
    ...o,
  });

/** Query parameters arrive as text: `true`, `false` and plain numerals become what they say, all else stays to be refused. */
export function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
}
const FromText = () => Transform(({ value }: { value: unknown }) => fromText(value));

/** A whole number within bounds. */
export const Int = (o: FieldOptions & { min: number; max: number; default?: number }) => {
  const { min, max, default: standard, ...rest } = o;
  return field(
    {
      type: 'integer',
      format: 'int32',
      minimum: min,
      maximum: max,
      ...(standard === undefined ? {} : { default: standard }),
    },
    [FromText(), IsInt(), Min(min), Max(max)],
    rest,
  );
};

/** A number within bounds, at most `digits` (2) decimal places. */
export const Num = (o: FieldOptions & { min: number; max: number; digits?: number }) => {
  const { min, max, digits = 2, ...rest } = o;
  return field(
    { type: 'number', format: 'double', minimum: min, maximum: max, multipleOf: Number(`1e-${digits}`) },
    [FromText(), IsNumber({ maxDecimalPlaces: digits }), Min(min), Max(max)],
    rest,
  );
};

export const Bool = (o: FieldOptions = {}) => field({ type: Boolean }, [FromText(), IsBoolean()], o);

/** One of the given words; `name` makes it a schema of its own in the contract. */
export const OneOf = (values: readonly string[], o: FieldOptions & { name?: string } = {}) => {
  const { name, ...rest } = o;
  return field({ type: String, enum: [...values], ...(name ? { enumName: name } : {}) }, [IsIn(values)], rest);
};

type ListOptions = FieldOptions & { min?: number; max?: number; unique?: boolean };
const listRules = ({ min = 0, max = 100, unique }: ListOptions) => [
  IsArray(),
  ArrayMinSize(min),
  ArrayMaxSize(max),
  ...(unique ? [ArrayUnique()] : []),
];
const listApi = ({ min = 0, max = 100, unique }: ListOptions, items: object) =>
  ({
    type: 'array',
    items,
    minItems: min,
    maxItems: max,
    ...(unique ? { uniqueItems: true } : {}),
  }) as ApiPropertyOptions;
const listDoc = ({ optional, nullable, description, example }: ListOptions): FieldOptions => ({
  ...(optional ? { optional } : {}),
  ...(nullable ? { nullable } : {}),
  ...(description ? { description } : {}),
  ...(example === undefined ? {} : { example }),
});

/** A list of texts, at most `max` (100) of them, each up to `length` (200) characters. */
export const TextList = (o: ListOptions & { length?: number } = {}) =>
  field(
    listApi(o, { type: 'string', minLength: 1, maxLength: o.length ?? 200 }),
    [...listRules(o), IsString({ each: true }), Length(1, o.length ?? 200, { each: true })],
    listDoc(o),
  );

export const UuidList = (o: ListOptions = {}) =>
  field(
    listApi(o, { type: 'string', format: 'uuid', maxLength: 36 }),
    [...listRules(o), IsUUID(undefined, { each: true })],
    listDoc(o),
  );

/** A list of some of the given words. */
export const SomeOf = (values: readonly string[], o: ListOptions = {}) =>
  field(listApi(o, { type: 'string', enum: [...values] }), [...listRules(o), IsIn(values, { each: true })], listDoc(o));

/** An object with fields of its own. (Swagger knows a lazy type by the arrow function's name, `type`.) */
export const Nested = (type: () => new () => object, o: FieldOptions = {}) =>
  field({ type: () => type() }, [Type(type), IsObject(), ValidateNested()], o);

/** A list of objects with fields of their own. */
export const NestedList = (type: () => new () => object, o: ListOptions = {}) =>
  applyDecorators(
    field(
      { type: () => type(), isArray: true, minItems: o.min ?? 0, maxItems: o.max ?? 100 },
      [Type(type), ...listRules(o), ValidateNested({ each: true })],
      listDoc(o),
    ),
  );

/** An object whose keys are codes and whose values are numbers, texts or booleans (answers to an instrument). */
export const Answers = (o: FieldOptions = {}) =>
  field(
    {
      type: 'object',
      maxProperties: 500,
      additionalProperties: {
        oneOf: [
          { type: 'number', format: 'double', minimum: -1000, maximum: 1000 },
          { type: 'string', maxLength: 4000 },
          { type: 'boolean' },
        ],
      },
    } as ApiPropertyOptions,
    [IsObject()],
    o,
  );

/** An open object in an answer: documented, never accepted as input. */
export const Facts = (o: FieldOptions = {}) =>
  field({ type: 'object', additionalProperties: true } as ApiPropertyOptions, [IsObject()], o);
