import type { OpenAPIObject } from '@nestjs/swagger';

/** What the contract says of a value, as far as tests make values of it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  example?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
};

/** The schema itself: references followed, and of several possibilities the first. */
export function deref(document: OpenAPIObject, schema: Schema): Schema {
  if (schema.$ref) return deref(document, document.components!.schemas![schema.$ref.split('/').at(-1)!] as Schema);
  if (schema.allOf?.length) return deref(document, schema.allOf[0]!);
  const options = schema.oneOf ?? schema.anyOf;
  return options?.length && !schema.type ? deref(document, options[0]!) : schema;
}
