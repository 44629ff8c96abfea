import { gapsOf } from '../../bin/lib/described.mjs';

const SHOWN = { schema: { $ref: '#/components/schemas/One' } };
const operation = (over: object = {}) => ({
  summary: 'Shows one.',
  responses: { 200: { content: { 'application/json': SHOWN } }, 204: {} },
  ...over,
});
const api = (properties: object, over: object = {}) => ({
  paths: { '/v1/ones': { post: operation(over) } },
  components: { schemas: { One: { properties } } },
});

describe('what the description of the API leaves to guess', () => {
  it('is nothing where there are examples, choices, truth values and other schemas', () => {
    const properties = {
      shown: { type: 'string', example: 'x' },
      shownAsNull: { type: ['string', 'null'], example: null },
      chosen: { enum: ['a', 'b'] },
      whether: { type: 'boolean' },
      none: { anyOf: [{ type: 'null' }, { enum: ['a'] }] },
      many: { type: 'array', items: { $ref: '#/components/schemas/One' } },
    };
    expect(gapsOf(api(properties))).toEqual([]);
  });

  it('is an operation that says nothing', () => {
    const silent = api({}, { summary: undefined });
    expect(gapsOf(silent)).toEqual(['post /v1/ones has no description']);
    expect(gapsOf(api({}, { summary: undefined, description: 'Shows one.' }))).toEqual([]);
  });

  it('is each member without an example, in parts of schemas too', () => {
    const bare = { list: { type: 'array', items: { type: 'string' } }, size: { type: 'number' } };
    const names = ['One.list has no example', 'One.size has no example'];
    expect(gapsOf(api(bare))).toEqual(names);
    const { paths } = api({});
    const schemas = {
      One: { allOf: [{ $ref: '#/components/schemas/Two' }, { properties: bare }] },
    };
    expect(gapsOf({ paths, components: { schemas } })).toEqual(names);
  });

  it('is a request, an answer or a parameter that nobody can picture', () => {
    const content = { 'application/json': { schema: { type: 'object' } } };
    expect(gapsOf(api({}, { requestBody: { content } }))).toEqual([
      'post /v1/ones has no example of its request',
    ]);
    expect(gapsOf(api({}, { responses: { 200: { content } } }))).toEqual([
      'post /v1/ones has no example of its answer 200',
    ]);
    const after = { name: 'after', in: 'query', schema: { type: 'string' } };
    expect(gapsOf(api({}, { parameters: [after] }))).toEqual([
      'post /v1/ones has no example of "after"',
    ]);
    expect(gapsOf(api({}, { parameters: [{ ...after, example: 'WyI1Il0' }] }))).toEqual([]);
  });

  it('is an answer of which nothing is said at all', () => {
    expect(gapsOf(api({}, { responses: { 200: {} } }))).toEqual([
      'post /v1/ones does not say what it answers',
    ]);
    const bytes = { 'application/pdf': { schema: { type: 'string', format: 'binary' } } };
    expect(gapsOf(api({}, { responses: { 200: { content: bytes } } }))).toEqual([]);
  });
});
