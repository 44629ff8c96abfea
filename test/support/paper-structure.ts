import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { hasTools } from './tools.js';

/** A value of a PDF as `qpdf --json=2` writes it: names begin with `/`, texts with `u:`. */
export type PdfValue =
  null | boolean | number | string | readonly PdfValue[] | { readonly [name: string]: PdfValue };
export type PdfDictionary = { readonly [name: string]: PdfValue };

/** Debian's qpdf, which reads a PDF by the book and complains of what is not. */
export const CAN_READ_STRUCTURE = hasTools(['qpdf']);

/** A PDF taken apart into its objects. */
export class PdfStructure {
  readonly #objects: Readonly<
    Record<string, { value?: PdfValue; stream?: { dict: PdfDictionary } }>
  >;

  constructor(private readonly pdf: Buffer) {
    const folder = mkdtempSync(join(tmpdir(), 'creditbank-structure-'));
    const file = join(folder, 'paper.pdf');
    try {
      writeFileSync(file, pdf);
      // Ends with an error on whatever is not well-formed.
      execFileSync('qpdf', ['--check', file], { stdio: 'ignore' });
      const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
      const text = execFileSync('qpdf', ['--json=2', '--json-key=qpdf', file], options);
      this.#objects = (JSON.parse(text) as { qpdf: [object, never] }).qpdf[1];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  get catalogue(): PdfDictionary {
    return this.all().find((one) => one['/Type'] === '/Catalog') ?? {};
  }

  /** Every dictionary, also those of streams. */
  all(): PdfDictionary[] {
    return Object.values(this.#objects).flatMap(({ value, stream }) => {
      const found = stream?.dict ?? value;
      return isDictionary(found) ? [found] : [];
    });
  }

  ofType(type: string): PdfDictionary[] {
    return this.all().filter((one) => one['/Type'] === type);
  }

  /** What a value is, followed through its reference. */
  follow(value: PdfValue | undefined): PdfValue {
    if (typeof value !== 'string' || !/^\d+ 0 R$/.test(value)) return value ?? null;
    const found = this.#objects[`obj:${value}`];
    return found?.stream?.dict ?? this.follow(found?.value ?? null);
  }

  dictionary(value: PdfValue | undefined): PdfDictionary {
    const found = this.follow(value);
    return isDictionary(found) ? found : {};
  }

  list(value: PdfValue | undefined): readonly PdfValue[] {
    const found = this.follow(value);
    if (Array.isArray(found)) return found as readonly PdfValue[];
    return found === null ? [] : [found];
  }

  /** The bytes of a stream that stands at a reference. */
  stream(reference: PdfValue | undefined): Buffer {
    const number = typeof reference === 'string' ? (reference.split(' ')[0] ?? '') : '';
    const start = this.pdf.indexOf(`\n${number} 0 obj\n`);
    const begin = this.pdf.indexOf('stream\n', start) + 'stream\n'.length;
    const { ['/Length']: length, ['/Filter']: filter } = this.dictionary(reference);
    const bytes = this.pdf.subarray(begin, begin + Number(this.follow(length)));
    return filter === undefined ? bytes : inflateSync(bytes);
  }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
