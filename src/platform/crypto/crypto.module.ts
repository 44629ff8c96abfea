import { Global, Module } from '@nestjs/common';
import { KeyHolders } from './holders.js';
import { KeyRegistry } from './key-registry.js';
import { Keyring } from './keyring.js';
import { KeysController } from './keys.controller.js';
import { KeysStore } from './keys.store.js';
import { RotationWorker } from './rotation.worker.js';

@Global()
@Module({
  controllers: [KeysController],
  providers: [KeyHolders, KeyRegistry, Keyring, KeysStore, RotationWorker],
  exports: [KeyHolders, Keyring],
})
export class CryptoModule {}
