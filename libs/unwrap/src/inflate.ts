import { inflateSync } from 'node:zlib';
import { MAX_TEXT_BYTES } from './found.js';

/**
 * Unpacks a zlib stream that begins where the bytes begin; what follows its end does not matter.
 *
 * @returns `too-large` as soon as it grows beyond {@link MAX_TEXT_BYTES}, `damaged` when it is none
 */
export function inflated(bytes: Buffer): Buffer | 'too-large' | 'damaged' {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_TEXT_BYTES });
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}
