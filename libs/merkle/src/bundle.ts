import assert from 'node:assert';

const LENGTH_BYTES = 2;
const MAX_ENTRY_BYTES = 0xffff;

/** A bundle of entries (C2SP tlog-tiles): each with its length before it, two bytes, big-endian. */
export function encodeBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      assert(entry.length <= MAX_ENTRY_BYTES, 'an entry has at most 65535 bytes');
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** Reads a bundle; undefined when it is cut off. */
export function decodeBundle(bytes: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    if (from + LENGTH_BYTES > bytes.length) return undefined;
    const end = from + LENGTH_BYTES + bytes.readUInt16BE(from);
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(from + LENGTH_BYTES, end));
    from = end;
  }
  return entries;
}
