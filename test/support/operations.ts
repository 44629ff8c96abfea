import type { OpenAPIObject } from '@nestjs/swagger';

/** One operation of the API as its description has it. */
export interface Operation {
  /** In capitals. */
  readonly method: string;
  /** With the names of its parts in braces. */
  readonly path: string;
  readonly parameters: readonly { name: string; in: string }[];
  /** Of a JSON body; null where there is none. */
  readonly body: Schema | null;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
}

/** An id that nothing has. */
export const ABSENT = '00000000-0000-7000-8000-000000000000';

export function operationsOf(api: OpenAPIObject): Operation[] {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, unknown>)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, described]): Operation => {
        const { parameters = [], requestBody } = described as {
          parameters?: Operation['parameters'];
          requestBody?: { content: Record<string, { schema: Schema }> };
        };
        const body = requestBody?.content['application/json']?.schema ?? null;
        return { method: method.toUpperCase(), path, parameters, body };
      }),
  );
}

/** A value that has the shape of a schema, made of its examples. */
export function exampleOf(api: OpenAPIObject, schema: Schema): unknown {
  const [first] = schema.allOf ?? [];
  const { $ref } = first ?? schema;
  if ($ref) {
    const name = $ref.split('/').at(-1) ?? '';
    return exampleOf(api, api.components?.schemas?.[name] as Schema);
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(api, member)]),
    );
  }
  if (schema.type === 'array') return schema.items ? [exampleOf(api, schema.items)] : [];
  if (schema.type === 'boolean') return true;
  return schema.type === 'number' || schema.type === 'integer' ? 1 : ABSENT;
}

/** The names of the parts of a path. */
export function pathNames({ path }: Operation): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

/** The path with its parts; a part that is not given names nothing. */
export function fill(path: string, parts: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? ABSENT);
}

export function title({ method, path }: Operation): string {
  return `${method} ${path}`;
}
