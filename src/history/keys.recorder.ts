import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyHolders } from '../platform/crypto/index.js';
import { SERVICE } from './administrative-event.js';
import { History } from './history.service.js';

/** Writes down when a key outside the database begins and ends to be needed; only its fingerprint. */
@Injectable()
export class KeysRecorder implements OnModuleInit {
  constructor(
    private readonly holders: KeyHolders,
    private readonly history: History,
  ) {}

  onModuleInit(): void {
    this.holders.watch((tx, { kind, action, before, after }) =>
      this.history.record(tx, SERVICE, {
        institutionId: null,
        subject: { kind: 'encryption-key', id: kind },
        action,
        before,
        after,
      }),
    );
  }
}
