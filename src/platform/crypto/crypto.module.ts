import { Global, Module } from '@nestjs/common';
import { KeyHolders } from './holders.js';
import { KeyRegistry } from './key-registry.js';
import { Keyring } from './keyring.js';
import { KeysController } from './keys.controller.js';
import { KeysStore } from './keys.store.js';
import { RotationWorker } from './rotation.worker.js';
import { Words } from './words.js';

@Global()
@Module({
  controllers: [KeysController],
  providers: [KeyHolders, KeyRegistry, Keyring, KeysStore, RotationWorker, Words],
  exports: [KeyHolders, Keyring, Words],
})
export class CryptoModule {}
