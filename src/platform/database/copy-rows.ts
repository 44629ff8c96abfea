const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
const NULL = -1;
const FIRST_BYTES = 64 * 1024;
const UUID_BYTES = 16;
const HYPHEN = 45;

/**
 * Rows in PostgreSQL's binary COPY format: `row` begins one, then come its values in the order of the
 * columns, each in the type of its column, because the server converts nothing.
 */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = HEADER.copy(this.#bytes);

  constructor(private readonly columns: number) {}

  row(): void {
    this.#reserve(2);
    this.#int16(this.columns);
  }

  smallint(value: number): void {
    this.#reserve(6);
    this.#int32(2);
    this.#int16(value);
  }

  bigint(value: bigint | null): void {
    if (value === null) {
      this.#null();
      return;
    }
    this.#reserve(12);
    this.#int32(8);
    this.#length = this.#bytes.writeBigInt64BE(value, this.#length);
  }

  /** @param text hexadecimal, with or without hyphens */
  uuid(text: string | null): void {
    if (text === null) {
      this.#null();
      return;
    }
    this.#reserve(4 + UUID_BYTES);
    this.#int32(UUID_BYTES);
    const bytes = this.#bytes;
    // By hand: handing text to the runtime costs more than reading its 32 digits.
    for (let at = 0, end = this.#length + UUID_BYTES; this.#length < end; at += 2) {
      if (text.charCodeAt(at) === HYPHEN) at += 1;
      bytes[this.#length++] = (hexDigit(text, at) << 4) | hexDigit(text, at + 1);
    }
  }

  text(text: string | null): void {
    if (text === null) {
      this.#null();
      return;
    }
    this.#reserve(4 + 3 * text.length);
    const from = this.#length + 4;
    const bytes = this.#bytes;
    let at = 0;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) break;
      bytes[from + at] = code;
    }
    const length = at === text.length ? at : bytes.write(text, from, 'utf8');
    this.#int32(length);
    this.#length += length;
  }

  bytea(value: Buffer): void {
    this.#reserve(4 + value.length);
    this.#int32(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** All rows, with what must stand before and behind them. */
  finish(): Buffer {
    this.#reserve(TRAILER_BYTES);
    this.#int16(-1);
    return this.#bytes.subarray(0, this.#length);
  }

  #null(): void {
    this.#reserve(4);
    this.#int32(NULL);
  }

  #int16(value: number): void {
    this.#bytes[this.#length++] = value >> 8;
    this.#bytes[this.#length++] = value;
  }

  #int32(value: number): void {
    this.#int16(value >> 16);
    this.#int16(value);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** Letters lie nine beyond their low bits, in either case. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return (code & 0xf) + (code >> 6) * 9;
}
