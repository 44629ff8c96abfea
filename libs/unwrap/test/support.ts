import { deflateSync } from 'node:zlib';
import { crc32 } from '../src/crc32.js';

/** Files made by hand, byte for byte as their standards say. */

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([around.subarray(0, 4), typed, around.subarray(4)]);
}
export function itxt(
  text: string | Buffer,
  isPacked = false,
  keyword = 'openbadgecredential',
): Buffer {
  const data = isPacked ? deflateSync(text) : Buffer.from(text as string);
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0${isPacked ? '\x01' : '\0'}\0\0\0`, 'latin1'), data]),
  );
}
export function png(...chunks: Buffer[]): Buffer {
  const header = chunk('IHDR', Buffer.from('00000001000000010806000000', 'hex'));
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([start, header, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}
export function pdf(...files: (string | Buffer)[]): Buffer {
  const objects = files.map((one, place) => {
    const data = deflateSync(one);
    const head = `${place + 3} 0 obj\n<<\n/Type /EmbeddedFile\n/Params <<\n/Size 9\n>>\n/Length ${data.length}\n/Filter /FlateDecode\n>>\nstream\n`;
    return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')]);
  });
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects,
    Buffer.from('/EmbeddedFiles\n%%EOF\n'),
  ]);
}
