import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../src/platform/http/openapi.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import {
  type Operation,
  exampleOf,
  fill,
  operationsOf,
  pathNames,
  title,
} from '../support/operations.js';
import { untilIdle } from '../support/queue.js';
import { tableCounts } from '../support/table-counts.js';

/**
 * Every operation of the API with every text it takes made bad in turn: never a failure of ours,
 * always a problem that says what to change, and no row more than before.
 */

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

let world: ConversionWorld;
let operations: Operation[];
let document: OpenAPIObject;
let callers: Record<string, Record<string, string>>;

beforeAll(async () => {
  world = await startConversionWorld();
  // The work of the day, asked for at the start, may ask for more work.
  await untilIdle(world.database);
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
      if (!isRefused && !isHarmless(request.method, answer)) {
        wrong.push({ caller, what, status: answer.statusCode, body: answer.body.slice(0, 300) });
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await tableCounts(world.database)).toEqual(before);
}

/** A search may find nothing, and reading changes nothing; a check says what is wrong, line by line. */
function isHarmless(method: string, { statusCode, body }: { statusCode: number; body: string }) {
  if (statusCode !== 200) return false;
  return method === 'GET' || /^\{"verdict":"(invalid|fails)"/.test(body);
}

it('knows the operations', () => {
  expect(operations.length).toBeGreaterThan(35);
});

it('in every part of every path', async () => {
  await sendAll(
    operations.flatMap((operation) =>
      pathNames(operation).flatMap((name) =>
        Object.entries(BAD_PARTS).map(([kind, part]): Sent => {
          const body = operation.body
            ? { payload: exampleOf(document, operation.body) as object }
            : {};
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
      const whole = exampleOf(document, body);
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

function inject(
  app: NestFastifyApplication,
  request: { method: string; url: string; payload?: object; headers: Record<string, string> },
): Promise<{ statusCode: number; headers: Record<string, unknown>; body: string }> {
  return app.inject(request as Parameters<typeof app.inject>[0]);
}
