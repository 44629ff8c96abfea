import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Scoped } from '../auth/index.js';
import { Database } from '../database/index.js';
import type { EncryptionKeyDto } from './keys.dto.js';
import { KeysStore } from './keys.store.js';

@ApiTags('operations')
@Allow('operator')
@Scoped('operations')
@Controller('v1/encryption-keys')
export class KeysController {
  constructor(
    private readonly database: Database,
    private readonly store: KeysStore,
  ) {}

  /** Which keys the database needs, and how far a rotation has come. */
  @Get()
  list(): Promise<EncryptionKeyDto[]> {
    return this.database.read(async (tx) => {
      const progress = await this.store.listProgress(tx);
      return (await this.store.list(tx)).map((one) => ({
        kind: one.kind,
        version: one.version,
        keyId: one.keyId,
        cipher: one.cipher,
        state: one.state,
        createdAt: one.createdAt.toISOString(),
        retiredAt: one.retiredAt?.toISOString() ?? null,
        progress: progress
          .filter(({ kind, version }) => kind === one.kind && version === one.version)
          .map(({ holder, rowsDone, endedAt }) => ({
            holder,
            rowsDone,
            endedAt: endedAt?.toISOString() ?? null,
          })),
      }));
    });
  }
}
