import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { ConversionsModule } from '../conversions/index.js';
import { LearnersModule } from '../learners/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { SimulationsController } from './simulations.controller.js';
import { Simulations } from './simulations.service.js';
import { SimulationsStore } from './simulations.store.js';
import { SimulationViews } from './simulations.views.js';
import { SimulationsWorker } from './simulations.worker.js';

@Module({
  imports: [CatalogueModule, ConversionsModule, LearnersModule, RulebookModule],
  controllers: [SimulationsController],
  providers: [Simulations, SimulationsStore, SimulationViews, SimulationsWorker],
  exports: [Simulations, SimulationsWorker],
})
export class SimulationsModule {}
