import { Module } from '@nestjs/common';
import { ConversionsModule } from '../conversions/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { QueriesModule } from '../queries/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { VerificationModule } from '../verification/index.js';
import { Answers } from './answers.js';
import { AnswersStore } from './answers.store.js';
import { Batches } from './batches.service.js';
import { BatchesStore } from './batches.store.js';
import { BatchesWorker } from './batches.worker.js';
import { EquivalenceController } from './equivalence.controller.js';
import { Equivalence } from './equivalence.service.js';
import { EquivalenceKeeper } from './keeper.js';
import { QueriesController } from './queries.controller.js';
import { Queries } from './queries.service.js';
import { QueriesStore } from './queries.store.js';
import { Quotas } from './quotas.service.js';
import { QuotasStore } from './quotas.store.js';
import { Sealing } from './sealing.js';

@Module({
  imports: [
    ConversionsModule,
    HistoryModule,
    InstitutionsModule,
    LearnersModule,
    QueriesModule,
    RulebookModule,
    VerificationModule,
  ],
  controllers: [QueriesController, EquivalenceController],
  providers: [
    Answers,
    AnswersStore,
    Batches,
    BatchesStore,
    BatchesWorker,
    Equivalence,
    EquivalenceKeeper,
    Queries,
    QueriesStore,
    Quotas,
    QuotasStore,
    Sealing,
  ],
  // For the demonstration district.
  exports: [Batches, Equivalence, Queries],
})
export class EquivalenceModule {}
