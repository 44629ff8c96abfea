import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { refusal } from '../../platform/http/index.js';
import type { PasswordHash } from './account.js';
import { isCommonPassword } from './common-passwords.js';

/** Cost of Argon2id. */
export interface HashingCost {
  /** KiB */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes; about 31 ms on the team's machine. */
export const STANDARD_COST: HashingCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const HASHING_COST = Symbol('HASHING_COST');

const MIN_LENGTH = 8;
/** Argon2 reads any length; a limit keeps one request from buying much of it. */
const MAX_LENGTH = 128;

/** Hashes and checks passwords with Argon2id. */
@Injectable()
export class Passwords {
  /** Checked in place of an unknown account's, so that both answers take the same time. */
  readonly #nobody: Promise<string>;

  constructor(@Inject(HASHING_COST) private readonly cost: HashingCost) {
    this.#nobody = hash('no account has this password', cost);
  }

  /**
   * Refuses fewer than 8 and more than 128 characters (`password-length`), what guessers try first
   * and what is the sign-in name with little beside it (`password-common`). Asks for no digits or
   * signs: such rules make passwords worse (NIST SP 800-63B).
   */
  async hash(password: string, signInName?: string): Promise<PasswordHash> {
    const normal = password.normalize('NFC');
    const length = Array.from(normal).length;
    if (length < MIN_LENGTH || length > MAX_LENGTH) throw refusal('password-length');
    if (isCommonPassword(normal) || isMostly(normal, signInName)) throw refusal('password-common');
    return { hash: await hash(normal, this.cost) };
  }

  /** Whether the password is right; false, after the same work, when there is no hash. */
  async isRight(password: string, storedHash: string | null | undefined): Promise<boolean> {
    const isRight = await verify(storedHash ?? (await this.#nobody), password.normalize('NFC'));
    return isRight && typeof storedHash === 'string';
  }
}

/** Whether a password is the name, with at most three characters beside it. */
function isMostly(password: string, name: string | undefined): boolean {
  if (name === undefined || name.length < 4) return false;
  return password.toLowerCase().includes(name) && password.length - name.length <= 3;
}
