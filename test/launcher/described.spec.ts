import { gapsOf } from '../../bin/lib/described.mjs';

const operation = (over: object = {}) => ({
  tags: ['rulebook'],
  summary: 'Shows one.',
  responses: { 200: { $ref: '#/components/schemas/One' } },
  ...over,
});
const api = (properties: object, over: object = {}) => ({
  paths: { '/v1/ones': { get: operation(over) } },
  components: {
    schemas: { One: { properties }, Two: { properties: { bare: { type: 'string' } } } },
  },
});

describe('what the description of the API leaves to guess', () => {
  it('is nothing where there are examples, choices, truth values and other schemas', () => {
    const properties = {
      shown: { type: 'string', example: 'x' },
      chosen: { enum: ['a', 'b'] },
      whether: { type: 'boolean' },
      none: { anyOf: [{ type: 'null' }, { enum: ['a'] }] },
      many: { type: 'array', items: { $ref: '#/components/schemas/One' } },
    };
    expect(gapsOf(api(properties))).toEqual([]);
  });

  it('is an operation that says nothing, and each member without an example, however deep', () => {
    expect(gapsOf(api({}, { summary: undefined }))).toEqual(['get /v1/ones has no description']);
    expect(gapsOf(api({ two: { $ref: '#/components/schemas/Two' } }))).toEqual([
      'Two.bare has no example',
    ]);
    const bare = { list: { type: 'array', items: { type: 'string' } }, size: { type: 'number' } };
    expect(gapsOf(api(bare))).toEqual(['One.list has no example', 'One.size has no example']);
  });

  it('is nobody’s concern in features that do not promise it', () => {
    expect(gapsOf(api({ size: { type: 'number' } }, { tags: ['elsewhere'] }))).toEqual([]);
  });
});
