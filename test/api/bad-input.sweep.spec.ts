import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../src/platform/http/openapi.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { tableCounts } from '../support/table-counts.js';

/**
 * Every operation of the API with every text it takes made bad in turn: never a failure of ours,
 * always a problem that says what to change, and no row more than before.
 */

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: string }[];
  readonly body: Schema | null;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
}

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly payload?: object;
  readonly what: string;
}

const BAD_TEXTS: Readonly<Record<string, string>> = {
  'NUL byte': 'a\u0000b',
  'lone surrogate': 'a\ud800b',
  '10,000 characters': 'x'.repeat(10_000),
  'quote and comment': "'; --",
};
/** The same in an address; half a surrogate pair can only come as its three bytes. */
const BAD_PARTS: Readonly<Record<string, string>> = {
  'NUL byte': 'a%00b',
  'lone surrogate': '%ED%A0%80',
  '10,000 characters': 'x'.repeat(10_000),
  'half an escape': '%E4',
  'quote and comment': "'%3B%20--",
};
const ABSENT = '00000000-0000-7000-8000-000000000000';

let world: ConversionWorld;
let operations: Operation[];
let document: OpenAPIObject;
let callers: Record<string, Record<string, string>>;

beforeAll(async () => {
  world = await startConversionWorld();
  document = describeApi(world.app);
  operations = operationsOf(document);
  const keys = [world.school, world.college, world.authority];
  callers = Object.fromEntries(
    keys.map((caller) => [caller.institution.code, { authorization: `Bearer ${caller.key}` }]),
  );
});
afterAll(() => world?.close());

async function sendAll(requests: readonly Sent[]): Promise<void> {
  const before = await tableCounts(world.database);
  const wrong: object[] = [];
  for (const { what, ...request } of requests) {
    for (const [caller, headers] of Object.entries(callers)) {
      const answer = await inject(world.app, { ...request, headers });
      const isProblem = String(answer.headers['content-type']).includes('problem+json');
      const isRefused = answer.statusCode >= 400 && answer.statusCode < 500 && isProblem;
      if (!isRefused && !isHarmless(request.method, answer.statusCode)) {
        wrong.push({ caller, what, status: answer.statusCode, body: answer.body.slice(0, 300) });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await tableCounts(world.database)).toEqual(before);
}

/** A search may find nothing, and reading changes nothing. */
function isHarmless(method: string, status: number): boolean {
  return method === 'GET' && status === 200;
}

it('knows the operations', () => {
  expect(operations.length).toBeGreaterThan(35);
});

it('in every part of every path', async () => {
  await sendAll(
    operations.flatMap((operation) =>
      pathNames(operation).flatMap((name) =>
        Object.entries(BAD_PARTS).map(([kind, part]): Sent => {
          const body = operation.body ? { payload: exampleOf(operation.body) as object } : {};
          const url = fill(operation.path, { [name]: part });
          return { method: operation.method, url, ...body, what: `${title(operation)}: ${kind}` };
        }),
      ),
    ),
  );
});

it('in every member of every query', async () => {
  await sendAll(
    operations.flatMap((operation) =>
      operation.parameters
        .filter((parameter) => parameter.in === 'query')
        .flatMap(({ name }) =>
          Object.entries(BAD_PARTS).map(([kind, part]): Sent => ({
            method: operation.method,
            url: `${fill(operation.path, {})}?${name}=${part}`,
            what: `${title(operation)}: ${kind} in ${name}`,
          })),
        ),
    ),
  );
});

it('in every text of every body', async () => {
  await sendAll(
    operations.flatMap((operation) => {
      const { body } = operation;
      if (!body) return [];
      const whole = exampleOf(body);
      return textsOf(whole).flatMap((path) =>
        Object.entries(BAD_TEXTS).map(([kind, text]): Sent => ({
          method: operation.method,
          url: fill(operation.path, {}),
          payload: withText(whole, path, text) as object,
          what: `${title(operation)}: ${kind} at /${path.join('/')}`,
        })),
      );
    }),
  );
});

function operationsOf(api: OpenAPIObject): Operation[] {
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

function exampleOf(schema: Schema): unknown {
  const [first] = schema.allOf ?? [];
  const { $ref } = first ?? schema;
  if ($ref) {
    const name = $ref.split('/').at(-1) ?? '';
    return exampleOf(document.components?.schemas?.[name] as Schema);
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(member)]),
    );
  }
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items)] : [];
  if (schema.type === 'boolean') return true;
  return schema.type === 'number' || schema.type === 'integer' ? 1 : ABSENT;
}

/** The way to every text in a value. */
function textsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsOf(member, [...path, name]));
}

function withText(value: unknown, path: readonly string[], text: string): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return text;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = withText(copy[name], rest, text);
  return copy;
}

function pathNames({ path }: Operation): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

function fill(path: string, parts: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? ABSENT);
}

function title({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function inject(
  app: NestFastifyApplication,
  request: { method: string; url: string; payload?: object; headers: Record<string, string> },
): Promise<{ statusCode: number; headers: Record<string, unknown>; body: string }> {
  return app.inject(request as Parameters<typeof app.inject>[0]);
}
