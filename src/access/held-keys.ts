import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyHolders } from '../platform/crypto/index.js';

/** Says which tables of accounts hold keys that a new master key has to wrap. */
@Injectable()
export class HeldKeys implements OnModuleInit {
  constructor(private readonly holders: KeyHolders) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'one_time_code_factor', key: ['account_id'] });
  }
}
