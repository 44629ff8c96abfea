const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE = 58n;

/** Longest text that is read: keys have 48 characters and signatures 88; the cost grows with its square. */
const MAX_CHARACTERS = 200;

/** Bytes as base58 in the Bitcoin alphabet. */
export function encodeBase58(bytes: Uint8Array): string {
  let number = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  while (number > 0n) {
    text = ALPHABET.charAt(Number(number % BASE)) + text;
    number /= BASE;
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return ALPHABET.charAt(0).repeat(zeros < 0 ? bytes.length : zeros) + text;
}

/** Reads {@link encodeBase58}; undefined for another character or a text that is too long. */
export function decodeBase58(text: string): Buffer | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  let number = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    number = number * BASE + BigInt(digit);
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  const hex = number === 0n ? '' : number.toString(16);
  return Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'),
  ]);
}
