import { constants, crc32, deflateRawSync } from 'node:zlib';

/**
 * A zip file from parts `{ name, content }`; `content` may be text or `{ block, times }` for more bytes
 * than anybody wants to hold. `over` changes what the directory says: `size`, `flags`.
 */
export function zip(parts) {
  const pieces = [];
  const directory = [];
  let offset = 0;
  for (const { name, content, over = {} } of parts) {
    const { packed, crc, size } = pack(content);
    const entry = { name: Buffer.from(name), crc, packed: packed.length, size, offset, ...over };
    const head = header(entry, 0x04034b50);
    pieces.push(head, packed);
    offset += head.length + packed.length;
    directory.push(header(entry, 0x02014b50));
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length & 0xffff, 8);
  end.writeUInt16LE(parts.length & 0xffff, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, list, end]);
}

function pack(content) {
  if (typeof content === 'string') return packWhole(Buffer.from(content));
  const { before = '', block, times, after = '' } = content;
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const [head, body] = [before, block].map((text) => deflateRawSync(text, flush));
  const tail = deflateRawSync(after);
  const bytes = Buffer.from(block);
  let crc = crc32(before);
  for (let i = 0; i < times; i += 1) crc = crc32(bytes, crc);
  crc = crc32(after, crc);
  const size = before.length + bytes.length * times + after.length;
  const repeated = Array.from({ length: times }, () => body);
  return { packed: Buffer.concat([head, ...repeated, tail]), crc, size };
}

function packWhole(bytes) {
  return { packed: deflateRawSync(bytes), crc: crc32(bytes), size: bytes.length };
}

function header({ name, crc, packed, size, offset, flags = 0x0800 }, signature) {
  const isCentral = signature === 0x02014b50;
  const fixed = Buffer.alloc(isCentral ? 46 : 30);
  fixed.writeUInt32LE(signature, 0);
  let at = 4;
  if (isCentral) at = fixed.writeUInt16LE(20, at);
  at = fixed.writeUInt16LE(20, at);
  at = fixed.writeUInt16LE(flags, at);
  at = fixed.writeUInt16LE(8, at);
  at = fixed.writeUInt32LE(0x00210000, at);
  at = fixed.writeUInt32LE(crc, at);
  at = fixed.writeUInt32LE(packed, at);
  at = fixed.writeUInt32LE(size, at);
  fixed.writeUInt16LE(name.length, at);
  if (isCentral) fixed.writeUInt32LE(offset, 42);
  return Buffer.concat([fixed, name]);
}
