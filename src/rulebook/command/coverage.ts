import { coverageOf } from '../coverage.js';
import type { Answer } from './answer.js';
import type { NamedFile } from './files.js';

/** Which documents and examples show each rule of the field. */
export function coverageOfFiles(files: readonly NamedFile[]): Answer {
  const read = files.flatMap(({ name, file }) => (file ? [{ name, file }] : []));
  const unread = files.filter(({ file }) => !file).map(({ name }) => name);
  const cases = coverageOf(read);
  const bad = cases.filter(
    ({ documents, hasBothSides }) => documents.length === 0 || !hasBothSides,
  );
  const lines = cases.flatMap(({ id, documents, hasBothSides }) => {
    if (documents.length === 0) return [`✗ ${id}: no document shows it`];
    const sign = hasBothSides ? '✓' : '✗';
    const side = hasBothSides ? '' : ' (one side only)';
    return [
      `${sign} ${id}${side}`,
      ...documents.flatMap(({ file, examples }) => [
        `    ${file}`,
        ...examples.map((name) => `      ${name}`),
      ]),
    ];
  });
  const total = `${cases.length - bad.length} of ${cases.length} rules are shown from both sides`;
  return {
    lines: [...unread.map((name) => `✗ ${name} cannot be read`), ...lines, total],
    json: { ok: bad.length + unread.length === 0, unread, cases },
    ok: bad.length + unread.length === 0,
  };
}
