import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Json = { [key: string]: unknown };
type Answer = { content?: Record<string, { schema: Json }> };
type Operation = { responses: Record<string, Answer & { $ref?: string }> };

/** Makes every object with named properties refuse others, so that an undocumented field is found. */
function close(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(close);
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Json;
  if (schema.type === 'object' && schema.properties && schema.additionalProperties === undefined)
    schema.additionalProperties = false;
  Object.values(schema).forEach(close);
}

/** Checks answers against the contract: the status is documented, and the body is exactly what its schema says. */
export class Contract {
  private readonly ajv = addFormats(new Ajv({ strict: false, multipleOfPrecision: 9, allErrors: true }));
  private readonly routes: { pattern: RegExp; path: string; operations: Record<string, Operation> }[];
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly shared: Record<string, Answer>;

  constructor(document: OpenAPIObject) {
    const copy = JSON.parse(JSON.stringify(document).replaceAll('#/components/schemas/', 'answers#/$defs/')) as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Json; responses: Record<string, Answer> };
    };
    close(copy.components.schemas);
    this.ajv.addSchema({ $id: 'answers', $defs: copy.components.schemas });
    this.shared = copy.components.responses;
    this.routes = Object.entries(copy.paths).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      path,
      operations,
    }));
    // Fixed segments win over parameters: /v1/persons/search before /v1/persons/{id}.
    this.routes.sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0));
  }

  /** What is wrong with the answer, or null. */
  fault(method: string, url: string, status: number, contentType: string, body: unknown): string | null {
    const path = url.split('?')[0]!;
    const route = this.routes.find(({ pattern, operations }) => pattern.test(path) && operations[method]);
    if (!route || status === 304) return null;
    const found = route.operations[method]!.responses[String(status)];
    const documented = found?.$ref ? this.shared[found.$ref.split('/').at(-1)!] : found;
    const name = `${method.toUpperCase()} ${route.path} ${status}`;
    if (!documented) return `${name} is not documented`;
    const type = contentType.split(';')[0]!;
    const content = documented.content?.[type];
    if (!content) return `${name} is not documented as ${type}`;
    let validate = this.compiled.get(name);
    if (!validate) {
      close(content.schema);
      this.compiled.set(name, (validate = this.ajv.compile(content.schema)));
    }
    return validate(body) ? null : `${name}: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`;
  }
}
