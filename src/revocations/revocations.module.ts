import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { BatchesStore } from './batches.store.js';
import { BatchesWorker } from './batches.worker.js';
import { RevocationsController } from './revocations.controller.js';
import { Revocations } from './revocations.service.js';
import { RevocationSurveys } from './surveys.js';

@Module({
  imports: [CatalogueModule, HistoryModule, InstitutionsModule, OutcomesModule, ProposalsModule],
  controllers: [RevocationsController],
  providers: [BatchesStore, BatchesWorker, RevocationSurveys, Revocations],
})
export class RevocationsModule {}
