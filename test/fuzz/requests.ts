import fc from 'fast-check';

/** The part of an OpenAPI description that is read here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters?: readonly { name: string; in: string; schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: Schema }>> };
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly example?: unknown;
}

/** A request as it is put on the wire. */
export interface Malformed {
  readonly method: string;
  readonly path: string;
  /** The path as the description writes it, to tell findings apart. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** The connection breaks off before the body is whole. */
  readonly isCut: boolean;
  /** Which of the callers sends it. */
  readonly caller: number;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const MOST_LEVELS = 4;

/** Texts that have broken one service or another. */
const NASTY_TEXTS = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\ufeff',
  '\u202e',
  '王'.repeat(5_000),
  'x'.repeat(100_000),
  "'; DROP TABLE entry; --",
  '=cmd|calc!A1',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '${7*7}',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '9'.repeat(400),
  '2026-02-30',
  '0000-00-00',
  '+292278994-08-17',
  '2026-11-26T25:61:61Z',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  'me',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
  '__proto__',
  'constructor',
  'toString',
  '\r\nset-cookie: a=b',
);

const NASTY_NUMBERS = fc.constantFrom<unknown>(
  0,
  -0,
  -1,
  1e308,
  -1e308,
  5e-324,
  0.1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  2 ** 64,
);

const junk: fc.Arbitrary<unknown> = fc.oneof(
  NASTY_TEXTS,
  NASTY_NUMBERS,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { a: null }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.anything({ maxDepth: 2, withNullPrototype: false }).map(asJson),
  fc.constant(Array.from({ length: 5_000 }, () => 'x')),
  fc.constant({ ['__proto__']: { admin: true }, constructor: { prototype: {} } }),
);

/** Values that JSON cannot hold would not arrive. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(
      JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one)),
    );
  } catch {
    return null;
  }
}

/** Makes requests that are nearly right, so that they come far, and wrong somewhere. */
export function malformedRequests(
  description: Description,
  { ids, callers }: { ids: readonly string[]; callers: number },
): fc.Arbitrary<Malformed> {
  const operations = Object.entries(description.paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
  );
  const text = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: NASTY_TEXTS },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );
  return fc.constantFrom(...operations).chain(({ route, method, operation }) =>
    fc
      .record({
        method: fc.oneof(
          { weight: 12, arbitrary: fc.constant(method.toUpperCase()) },
          { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
        ),
        path: fc
          .tuple(pathOf(route, text), queryOf(operation, text))
          .map((parts) => parts.join('')),
        route: fc.constant(`${method.toUpperCase()} ${route}`),
        headers: headersOf(),
        body: bodyOf(operation, description, text),
        isCut: fc.oneof(
          { weight: 30, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
        caller: fc.nat(callers - 1),
      })
      .map(finish),
  );
}

interface Draft extends Omit<Malformed, 'body'> {
  readonly body: { readonly type: string; readonly bytes: Buffer } | null;
}

function finish({ body, headers, method, ...rest }: Draft): Malformed {
  const hasBody = body !== null && method !== 'GET' && method !== 'HEAD';
  const type: Record<string, string> = hasBody && body.type ? { 'content-type': body.type } : {};
  return { ...rest, method, headers: { ...type, ...headers }, body: hasBody ? body.bytes : null };
}

function pathOf(route: string, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const parts = route.split(/(\{\w+\})/);
  const part = fc.oneof(
    { weight: 12, arbitrary: text.map(encode) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%ff', '%c0%af', '%ed%a0%80', '%2e%2e%2f', '//') },
  );
  return fc
    .tuple(...parts.map((one) => (one.startsWith('{') ? part : fc.constant(one))))
    .map((all) => all.join(''));
}

function queryOf(operation: Operation, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const names = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const name = fc.constantFrom('limit', 'after', 'x', '__proto__', ...names.map((one) => one.name));
  const value = fc.oneof(
    text.map(encode),
    fc.constantFrom('%', '%ff', '-1', '0', '101', '1e9', 'NaN', '[]', 'WyJhIl0', 'W10', 'bnVsbA'),
    text.map((part) => Buffer.from(JSON.stringify([part, part])).toString('base64url')),
  );
  const pair = fc.tuple(name, fc.constantFrom('=', '[]=', '[a]=', ''), value);
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc
        .array(pair, { minLength: 1, maxLength: 4 })
        .map((pairs) => `?${pairs.map((one) => one.join('')).join('&')}`),
    },
  );
}

function encode(text: string): string {
  return encodeURIComponent(text.slice(0, 3_000).replace(/\p{Surrogate}/gu, '\ufffd'));
}

function headersOf(): fc.Arbitrary<Record<string, string>> {
  const printable = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^\x20-\x7e]/g, ''));
  const value = fc.oneof(printable, fc.constantFrom('', 'x'.repeat(4_000), '*', '"', ';=,', '0'));
  const name = fc.constantFrom(
    'idempotency-key',
    'accept-language',
    'accept',
    'cookie',
    'request-id',
    'range',
    'if-none-match',
    'content-encoding',
    'x-forwarded-for',
    'origin',
    'sec-fetch-site',
    'traceparent',
    'expect',
  );
  const odd = fc.array(fc.tuple(name, value), { maxLength: 3 });
  return odd.map((pairs) => Object.fromEntries(pairs.filter(([header]) => header !== 'expect')));
}

function bodyOf(
  { requestBody }: Operation,
  description: Description,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<Draft['body']> {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema ?? {};
  const value = fc.oneof(
    { weight: 6, arbitrary: valueOf(schema, description, text, 0) },
    { weight: 1, arbitrary: junk },
  );
  const json = value.map((one) => Buffer.from(JSON.stringify(one) ?? 'null'));
  const broken = fc.tuple(json, fc.nat(200)).map(([bytes, cut]) => bytes.subarray(0, cut));
  const bytes = fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.from(one));
  const deep = fc.constantFrom(30, 40, 1_000, 50_000).map((levels) => {
    const text = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    return Buffer.from(text);
  });
  const large = fc.constant(Buffer.alloc(1_200_000, '"'));
  const form = json.map((one) =>
    Buffer.concat([
      Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'),
      one,
      Buffer.from('\r\n--x--'),
    ]),
  );
  const of = (
    weight: number,
    type: fc.Arbitrary<string>,
    content: fc.Arbitrary<Buffer>,
  ): { weight: number; arbitrary: fc.Arbitrary<Draft['body']> } => ({
    weight,
    arbitrary: fc.record({ type, bytes: content }),
  });
  const isJson = fc.constantFrom('application/json', 'application/json; charset=utf-8');
  const odd = fc.constantFrom('', 'text/plain', 'text/xml', 'application/json; charset=utf-16');
  const forms = fc.constantFrom(
    'multipart/form-data; boundary=x',
    'multipart/form-data; boundary=y',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
  );
  return fc.oneof(
    of(24, isJson, json),
    of(3, isJson, broken),
    of(2, isJson, bytes),
    of(2, isJson, deep),
    { weight: 1, arbitrary: fc.constant(null) },
    of(2, odd, json),
    of(3, forms, fc.oneof(form, form, bytes)),
    ...(requestBody ? [of(1, isJson, large)] : []),
  );
}

function valueOf(
  schema: Schema,
  description: Description,
  text: fc.Arbitrary<string>,
  level: number,
): fc.Arbitrary<unknown> {
  const wrong = { weight: 1, arbitrary: junk };
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return valueOf(description.components.schemas[name] ?? {}, description, text, level);
  }
  if (schema.allOf) return valueOf(schema.allOf[0] ?? {}, description, text, level);
  if (level > MOST_LEVELS) return junk;
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(([name, one]) => {
      const member = fc.oneof(
        { weight: 14, arbitrary: valueOf(one, description, text, level + 1) },
        wrong,
      );
      return [name, fc.oneof({ weight: 12, arbitrary: member }, { weight: 1, arbitrary: gone })];
    });
    const whole = fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>);
    const more = fc
      .tuple(whole, text, junk)
      .map(([one, name, value]) => ({ ...one, [name]: value }));
    return fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: more });
  }
  if (schema.items) {
    const item = valueOf(schema.items, description, text, level + 1);
    return fc.array(item, { maxLength: 3 });
  }
  const usual: fc.Arbitrary<unknown>[] = [];
  if (schema.example !== undefined) usual.push(fc.constant(schema.example));
  if (schema.enum) usual.push(fc.constantFrom(...schema.enum));
  const type = Array.isArray(schema.type) ? (schema.type as string[])[0] : schema.type;
  if (type === 'number' || type === 'integer') usual.push(fc.integer(), NASTY_NUMBERS);
  if (type === 'boolean') usual.push(fc.boolean());
  if (type === 'string' || usual.length === 0) usual.push(text);
  return fc.oneof(...usual.map((arbitrary) => ({ weight: 4, arbitrary })), wrong);
}

/** A member that is left out: JSON has no `undefined`. */
const gone = fc.constant(undefined);
