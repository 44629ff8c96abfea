import type { JsonRecord } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import type { ByteSource } from './byte-source.js';
import { decodeText, isEncodingFailure } from './encoding.js';
import { FILE_LIMITS } from './limits.js';

const QUOTE = '"';
const OPENING = new Set(['{', '[']);
const CLOSING = new Set(['}', ']']);
const BETWEEN = new Set([' ', '\t', '\r', '\n', ',', '\ufeff']);

/**
 * The records of a JSON file: one object, an array of objects, or objects one after another
 * (NDJSON). Only one record is in memory at a time; it is found by counting brackets outside
 * strings and then parsed by `JSON.parse`, so the grammar stays the strict one.
 */
export async function* readJson(source: ByteSource): AsyncGenerator<JsonRecord> {
  const splitter = new RecordSplitter();
  try {
    for await (const text of decodeText(source, 'utf-8')) {
      for (const record of splitter.push(text)) yield record;
    }
  } catch (error) {
    if (isEncodingFailure(error)) {
      throw refusal('encoding-undecidable', { line: String(splitter.line) });
    }
    throw error;
  }
  splitter.end();
}

class RecordSplitter {
  line = 1;
  #rowNumber = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isInArray = false;
  #isOver = false;
  #parts: string[] = [];
  #length = 0;

  *push(text: string): Generator<JsonRecord> {
    let start = this.#depth > 0 ? 0 : -1;
    for (let i = 0; i < text.length; i += 1) {
      const character = text[i] as string;
      if (character === '\n') this.line += 1;
      if (this.#isInString) {
        this.#passString(character);
      } else if (this.#depth === 0) {
        if (this.#opens(character)) start = i;
      } else if (character === QUOTE) {
        this.#isInString = true;
      } else if (OPENING.has(character)) {
        this.#depth += 1;
        if (this.#depth > FILE_LIMITS.jsonDepth) throw this.#malformed();
      } else if (CLOSING.has(character)) {
        this.#depth -= 1;
        if (this.#depth === 0) {
          yield this.#record(text.slice(start, i + 1));
          start = -1;
        }
      }
    }
    if (start >= 0) this.#keep(text.slice(start));
  }

  /** A file that ends inside a record or an open array was cut off. */
  end(): void {
    if (this.#depth > 0 || (this.#isInArray && !this.#isOver)) {
      throw refusal('file-damaged', { reason: `record ${this.#rowNumber + 1}` });
    }
  }

  #passString(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === QUOTE) this.#isInString = false;
  }

  /** Between records. True when the character opens one. */
  #opens(character: string): boolean {
    if (BETWEEN.has(character)) return false;
    if (this.#isOver) throw this.#malformed();
    if (character === '{') {
      this.#depth = 1;
      return true;
    }
    if (character === '[' && !this.#isInArray && this.#rowNumber === 0) this.#isInArray = true;
    else if (character === ']' && this.#isInArray) this.#isOver = true;
    else throw this.#malformed();
    return false;
  }

  #keep(part: string): void {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#length > FILE_LIMITS.recordBytes) {
      throw refusal('record-too-large', { record: String(this.#rowNumber + 1), limit: '4 MiB' });
    }
  }

  #record(part: string): JsonRecord {
    this.#keep(part);
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    try {
      const value: unknown = JSON.parse(text);
      this.#rowNumber += 1;
      if (this.#rowNumber > FILE_LIMITS.rows) {
        throw refusal('too-many-rows', { limit: String(FILE_LIMITS.rows) });
      }
      return { rowNumber: this.#rowNumber, value };
    } catch (error) {
      if (error instanceof SyntaxError) throw this.#malformed();
      throw error;
    }
  }

  #malformed(): Error {
    return refusal('json-malformed', { record: String(this.#rowNumber + 1) });
  }
}
