import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Words } from '../platform/crypto/index.js';
import { bucketOf } from '../platform/ids/index.js';

/** Opens what is stored; null stays null. */
export type Opener = (stored: string | null) => string | null;

/** What people write in the course of an application, sealed under the application's own key. */
@Injectable()
export class ApplicationWords {
  constructor(private readonly words: Words) {}

  async seal<T extends string | null>(
    tx: EntityManager,
    applicationId: string,
    text: T,
  ): Promise<string | T> {
    if (text === null) return text;
    const key = await this.#keyOf(tx, applicationId);
    if (!key) throw new Error(`no application ${applicationId}`);
    return this.words.seal(key, text, contextOf(applicationId));
  }

  async opener(tx: EntityManager, applicationId: string): Promise<Opener> {
    const key = await this.#keyOf(tx, applicationId);
    return (stored) => stored && this.words.open(key, stored, contextOf(applicationId));
  }

  async #keyOf(tx: EntityManager, applicationId: string): Promise<Buffer | null> {
    const rows = await tx.query<{ key: Buffer }[]>(
      'SELECT wrapped_key AS key FROM application WHERE bucket = $1 AND id = $2',
      [bucketOf(applicationId), applicationId],
    );
    return rows[0]?.key ?? null;
  }
}

function contextOf(applicationId: string): string {
  return `application:${applicationId}:words`;
}
