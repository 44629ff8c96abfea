/**
 * Array literals for values that cannot hold a quote, a comma or a brace: ids, numbers, days. The
 * driver's own arrays escape every element, which for a batch costs more than the insert.
 */
export function arrayLiteral(values: readonly (string | number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}
