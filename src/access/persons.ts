import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isUuid } from '../platform/ids/index.js';
import { ApiKeysStore } from './keys/keys.store.js';

/**
 * Tells people apart where something takes two. Whoever made a key held its secret, so a key stands
 * for its maker: neither a key and a session of one person nor two keys of one person are two
 * people. A key of which nobody knows who made it stands for itself.
 */
@Injectable()
export class Persons {
  constructor(private readonly keys: ApiKeysStore) {}

  /** Whether the person behind one account or key is behind one of some others, too. */
  async isAmong(
    tx: EntityManager,
    { id }: { readonly id: string },
    actors: readonly string[],
  ): Promise<boolean> {
    const makers = await this.keys.makersOf(tx, [id, ...actors].filter(isUuid));
    const personOf = (actor: string): string => makers.get(actor) ?? actor;
    return actors.some((actor) => personOf(actor) === personOf(id));
  }
}
