import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { BatchesStore } from './batches.store.js';
import { BatchesWorker } from './batches.worker.js';
import { RevocationsController } from './revocations.controller.js';
import { Revocations } from './revocations.service.js';

@Module({
  imports: [CatalogueModule, InstitutionsModule, OutcomesModule],
  controllers: [RevocationsController],
  providers: [BatchesStore, BatchesWorker, Revocations],
})
export class RevocationsModule {}
