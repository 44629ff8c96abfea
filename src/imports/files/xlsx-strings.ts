import { refusal } from '../../platform/http/refusal.js';
import { FILE_LIMITS } from './limits.js';
import { type XmlHandler, unescapeText } from './xml-stream.js';

const FIRST_BYTES = 64 * 1024;

/**
 * The shared strings of a workbook, packed as UTF-8 in one growing buffer: a million names and
 * numbers take about 30 MB instead of 150 MB as separate strings. Bounded in number and bytes.
 */
export class SharedStrings implements XmlHandler {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #ends = new Uint32Array(1024);
  #count = 0;
  #used = 0;
  #text = '';
  #isInText = false;
  /** Reading aids for kana and hanzi are not part of the text. */
  #phoneticDepth = 0;

  open(name: string): void {
    if (name === 'si') this.#text = '';
    else if (name === 'rPh') this.#phoneticDepth += 1;
    else if (name === 't') this.#isInText = this.#phoneticDepth === 0;
  }

  text(text: string): void {
    if (this.#isInText && this.#text.length <= FILE_LIMITS.cellCharacters) this.#text += text;
  }

  close(name: string): void {
    if (name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#phoneticDepth -= 1;
    else if (name === 'si') this.#add(unescapeText(this.#text));
  }

  /** The string of an index, or undefined when the workbook has no such string. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    const start = index === 0 ? 0 : this.#ends[index - 1];
    return this.#bytes.toString('utf8', start, this.#ends[index]);
  }

  #add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#count >= FILE_LIMITS.sharedStrings) {
      throw refusal('file-too-complex', {
        part: 'sharedStrings.xml',
        limit: String(FILE_LIMITS.sharedStrings),
      });
    }
    if (this.#used + length > FILE_LIMITS.sharedStringsBytes) {
      throw refusal('file-too-complex', { part: 'sharedStrings.xml', limit: '64 MiB' });
    }
    if (this.#used + length > this.#bytes.length) {
      const wanted = Math.max(this.#used + length, this.#bytes.length * 2);
      const larger = Buffer.alloc(Math.min(wanted, FILE_LIMITS.sharedStringsBytes));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }
}
