/** Features whose answers show of every member what stands there. */
const TAGS = ['conversions', 'rulebook', 'tasks'];

/**
 * What a reader of the API description would have to guess: operations without a sentence, and members
 * of those features without an example, choices or a schema of their own.
 *
 * @returns sentences that name the places; none when there is nothing to guess
 */
export function gapsOf(api) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method} ${path}`,
      operation,
    })),
  );
  const mute = operations
    .filter(({ operation }) => !operation.summary && !operation.description)
    .map(({ name }) => `${name} has no description`);
  const own = operations.filter(({ operation }) =>
    (operation.tags ?? []).some((tag) => TAGS.includes(tag)),
  );
  const bare = [...schemasFrom(api, own, new Set())].flatMap((name) =>
    Object.entries(api.components.schemas[name]?.properties ?? {})
      .filter(([, schema]) => !isShown(schema))
      .map(([member]) => `${name}.${member} has no example`),
  );
  return [...mute, ...bare];
}

/** Names of the schemas that a part of the description leads to. */
function schemasFrom(api, part, found) {
  for (const [, name] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)) {
    if (found.has(name)) continue;
    found.add(name);
    schemasFrom(api, api.components.schemas[name] ?? null, found);
  }
  return found;
}

function isShown(schema) {
  if (schema.example !== undefined || schema.enum || schema.$ref) return true;
  if (schema.const !== undefined || schema.type === 'boolean') return true;
  const parts = schema.anyOf ?? schema.allOf;
  if (parts) return parts.every((part) => part.type === 'null' || isShown(part));
  return schema.type === 'array' && isShown(schema.items ?? {});
}
