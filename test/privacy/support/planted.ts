import { residentIdCheckDigit } from '#libs/identity';

/** A person who exists nowhere else: if any of the three texts turns up, it came from the planting. */
export interface Planted {
  readonly name: string;
  readonly number: string;
  readonly phone: string;
}

const FAMILY = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
/** Rare enough that no text of the service, no title and no catalogue holds three in a row. */
const GIVEN = '翀翯翾翮翚翙翦翥翪翨';

export function planted(count: number): Planted[] {
  return Array.from({ length: count }, (_, i) => {
    const body = `500243${1950 + (i % 50)}0${1 + (i % 9)}1${i % 10}${String(i % 1000).padStart(3, '0')}`;
    const digits = [i, Math.floor(i / 10), Math.floor(i / 100)].map((n) => GIVEN[n % 10]);
    return {
      name: `${FAMILY[i % 20]}${digits.join('')}`,
      number: body + residentIdCheckDigit(body),
      phone: `1730${String(7_000_000 + i * 7).padStart(7, '0')}`,
    };
  });
}

/** One text of a person as it was found somewhere. */
export interface Leak {
  readonly where: string;
  readonly text: string;
}

/** Every way in which a text of a person may stand in bytes. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  const escaped = Array.from(text, (char) =>
    char > '\u007f' ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
  ).join('');
  return [
    utf8,
    Buffer.from(utf8.toString('hex')),
    Buffer.from(text, 'utf16le'),
    Buffer.from(escaped),
    Buffer.from(encodeURIComponent(text)),
    // The middle of the text in base64 is the same whatever stands before it, in three ways.
    ...[0, 1, 2].map((shift) => base64Middle(utf8, shift)),
  ];
}

function base64Middle(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return Buffer.from(text.slice(shift === 0 ? 0 : 4, -2));
}

/** Looks for all texts of all people at once: by their first four bytes, then whole. */
export class Detector {
  readonly #byStart = new Map<number, { bytes: Buffer; text: string }[]>();

  constructor(people: readonly Planted[]) {
    for (const { name, number, phone } of people) {
      for (const text of [name, number, phone]) {
        for (const bytes of spellings(text)) this.#add(bytes, text);
      }
    }
  }

  /** @param where what the bytes are, for the report */
  search(where: string, bytes: Buffer): Leak[] {
    const leaks: Leak[] = [];
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      const candidates = this.#byStart.get(bytes.readUInt32BE(at));
      if (!candidates) continue;
      for (const { bytes: wanted, text } of candidates) {
        if (
          bytes.compare(
            wanted,
            0,
            wanted.length,
            at,
            Math.min(bytes.length, at + wanted.length),
          ) === 0
        ) {
          leaks.push({ where, text });
        }
      }
    }
    return leaks;
  }

  #add(bytes: Buffer, text: string): void {
    if (bytes.length < 8) return;
    const start = bytes.readUInt32BE(0);
    const known = this.#byStart.get(start);
    if (known) known.push({ bytes, text });
    else this.#byStart.set(start, [{ bytes, text }]);
  }
}
