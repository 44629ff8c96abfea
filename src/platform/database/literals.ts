/**
 * Array literals for values that cannot hold a quote, a comma or a brace: ids, numbers, days. The
 * driver's own arrays escape every element, which for a batch costs more than the insert.
 */
export function arrayLiteral(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

const NEEDS_ESCAPE = /["\\]/;

/** {@link arrayLiteral} for any text; null, which stands for nothing but nulls, when all are. */
export function textArrayLiteral(values: readonly (string | null)[]): string | null {
  let isEmpty = true;
  const items = values.map((value) => {
    if (value === null) return 'NULL';
    isEmpty = false;
    return NEEDS_ESCAPE.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
  });
  return isEmpty ? null : `{${items.join(',')}}`;
}
