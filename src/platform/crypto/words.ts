import { Injectable } from '@nestjs/common';
import { Keyring } from './keyring.js';

/** No text that comes from outside begins with it: control characters are refused. */
const SEALED = '\u0001';

/**
 * Texts that people write about people, sealed where they stand: the column stays a text, and a value
 * that begins with U+0001 is base64 of sealed bytes. Whoever destroys the row's key destroys its words.
 */
@Injectable()
export class Words {
  constructor(private readonly keyring: Keyring) {}

  /** @param wrapped the wrapped key of the row that the text belongs to */
  seal(wrapped: Buffer, text: string, context: string): string {
    const sealed = this.keyring.seal(this.keyring.unwrap(wrapped), text, context);
    return SEALED + sealed.toString('base64');
  }

  /** The text; empty when the key is gone. What was stored before texts were sealed is as it was. */
  open(wrapped: Buffer | null, stored: string, context: string): string {
    if (!stored.startsWith(SEALED)) return stored;
    if (wrapped === null || wrapped.length === 0) return '';
    const sealed = Buffer.from(stored.slice(SEALED.length), 'base64');
    return this.keyring.open(this.keyring.unwrap(wrapped), sealed, context).toString('utf8');
  }
}
