import type { ErrorObject } from 'ajv';
import type { FieldFault, ProblemCode } from '#libs/problems';
import { nearestName } from '#libs/rules';

/** Says what a break of the JSON Schema means to a person, with the line and what to write instead. */
export function faultOf(error: ErrorObject, line: string): FieldFault {
  const { instancePath: pointer, keyword, params, parentSchema = {}, data } = error;
  const fault = (code: ProblemCode, rest: Record<string, string>): FieldFault => {
    return { pointer, code, params: { line, ...rest } };
  };
  if (keyword === 'required') {
    const name = String(params.missingProperty);
    return fault('rulebook-member-missing', { name, example: `${name}: …` });
  }
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    // YAML reads { en: Drawing, large } as two members, the second without a value.
    if (isEmptyMember(data, name)) return fault('rulebook-comma', { name });
    const known = Object.keys((parentSchema.properties as object | undefined) ?? {});
    const nearest = nearestName(name, known) ?? '—';
    return fault('rulebook-member-unknown', { name, nearest, known: known.join(', ') });
  }
  if (keyword === 'type' && parentSchema.type === 'string' && typeof data === 'number') {
    return fault('rulebook-needs-quotes', { found: String(data) });
  }
  return fault('rulebook-shape', { found: shorten(data), example: exampleOf(error) });
}

function isEmptyMember(data: unknown, name: string): boolean {
  return data !== null && typeof data === 'object' && Reflect.get(data, name) === null;
}

function exampleOf({ keyword, params, parentSchema = {} }: ErrorObject): string {
  if (keyword === 'enum') return (params.allowedValues as unknown[]).map(String).join(' | ');
  if (keyword === 'const') return JSON.stringify(params.allowedValue);
  const { examples } = parentSchema as { examples?: unknown[] };
  if (examples) return examples.map((example) => JSON.stringify(example)).join(' | ');
  if ('limit' in params) return `${keyword} ${String(params.limit)}`;
  return JSON.stringify(parentSchema.type ?? keyword);
}

function shorten(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The steps of a JSON pointer; a number is the position in a list. */
export function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
