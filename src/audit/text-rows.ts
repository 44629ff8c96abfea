import type { OpenArchive } from '../platform/backup/index.js';

/** A value of COPY text; null is NULL. */
export type Field = string | null;

const NEWLINE = 10;

const ESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The bytes of a `bytea` value. */
export function bytesOf(field: string): Buffer {
  return Buffer.from(field.slice(2), 'hex');
}

/** Reads the rows of some tables of an archive, and passes over the others. */
export async function readTextRows(
  archive: OpenArchive,
  readers: Record<string, (columns: readonly string[]) => (fields: readonly Field[]) => void>,
): Promise<void> {
  const onRow = new Map(
    archive.manifest.tables
      .filter(({ name }) => readers[name])
      .map(({ name, columns }) => [name, readers[name]?.(columns)]),
  );
  let rest: Buffer = Buffer.alloc(0);
  for await (const { table, bytes } of archive.pieces()) {
    const take = onRow.get(table);
    if (!take) continue;
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    let from = 0;
    for (let end = all.indexOf(NEWLINE); end >= 0; end = all.indexOf(NEWLINE, from)) {
      take(fieldsOf(all.toString('utf8', from, end)));
      from = end + 1;
    }
    // A row never goes on in the next table: each ends with a line break.
    rest = all.subarray(from);
  }
}

function fieldsOf(line: string): Field[] {
  const fields: Field[] = line.split('\t');
  if (!line.includes('\\')) return fields;
  return fields.map((field) => (field === '\\N' ? null : unescaped(field as string)));
}

function unescaped(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter);
}
