import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { ConversionsModule } from '../conversions/index.js';
import { LearnersModule } from '../learners/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { Comparison } from './comparison.js';
import { PopulationWork } from './population-work.js';
import { ReevaluationsController } from './reevaluations.controller.js';
import { Reevaluations } from './reevaluations.service.js';
import { ReevaluationsStore } from './reevaluations.store.js';
import { ReevaluationsWorker } from './reevaluations.worker.js';
import { WorklistRuns } from './worklist-runs.js';
import { WorklistStore } from './worklist.store.js';

@Module({
  imports: [CatalogueModule, ConversionsModule, LearnersModule, RulebookModule],
  controllers: [ReevaluationsController],
  providers: [
    Comparison,
    PopulationWork,
    Reevaluations,
    ReevaluationsStore,
    ReevaluationsWorker,
    WorklistRuns,
    WorklistStore,
  ],
  exports: [Comparison, PopulationWork, ReevaluationsWorker, WorklistRuns, WorklistStore],
})
export class ReevaluationsModule {}
