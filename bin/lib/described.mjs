/** Media types whose content is shown as JSON; a file has no example here. */
const JSON_TYPES = /^application\/(\S+\+)?(json|x-www-form-urlencoded)$/;

/** Successes that carry nothing. */
const EMPTY = ['202', '204'];

/**
 * What a reader of the API description would have to guess: operations without a sentence; requests,
 * answers in JSON and parameters without an example; members without an example, choices or a schema
 * of their own. What stands in a path is named there.
 *
 * @returns sentences that name the places; none when there is nothing to guess
 */
export function gapsOf(api) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation]),
  );
  const members = Object.entries(api.components?.schemas ?? {}).flatMap(([name, schema]) =>
    bareMembers(name, schema),
  );
  return [...operations.flatMap(([name, operation]) => bareParts(name, operation)), ...members];
}

function bareParts(name, { summary, description, requestBody, parameters = [], responses = {} }) {
  const gaps = summary || description ? [] : [`${name} has no description`];
  for (const { in: place, name: parameter, schema, ...shown } of parameters) {
    if (place === 'path' || isShown({ ...schema, ...shown })) continue;
    gaps.push(`${name} has no example of "${parameter}"`);
  }
  if (isBare(requestBody?.content)) gaps.push(`${name} has no example of its request`);
  for (const [status, { content }] of Object.entries(responses)) {
    if (isBare(content)) gaps.push(`${name} has no example of its answer ${status}`);
    const isMute = status.startsWith('2') && !EMPTY.includes(status) && !content;
    if (isMute) gaps.push(`${name} does not say what it answers`);
  }
  return gaps;
}

function isBare(content = {}) {
  return Object.entries(content).some(
    ([type, { schema, ...shown }]) => JSON_TYPES.test(type) && !isShown({ ...schema, ...shown }),
  );
}

/** Members of a schema, and those of the parts that it is put together from. */
function bareMembers(name, schema) {
  const own = Object.entries(schema.properties ?? {});
  const bare = own.filter(([, member]) => !isShown(member)).map(([member]) => `${name}.${member}`);
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [
    ...bare.map((place) => `${place} has no example`),
    ...parts.flatMap((part) => bareMembers(name, part)),
  ];
}

function isShown(schema) {
  if (schema.example !== undefined || schema.examples || schema.enum || schema.$ref) return true;
  if (schema.const !== undefined || schema.type === 'boolean') return true;
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts) return parts.every((part) => part.type === 'null' || isShown(part));
  return schema.type === 'array' && isShown(schema.items ?? {});
}
