import { Module } from '@nestjs/common';
import { LearnersModule } from '../learners/index.js';
import { ReevaluationsModule } from '../reevaluations/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { SimulationsController } from './simulations.controller.js';
import { Simulations } from './simulations.service.js';
import { SimulationsStore } from './simulations.store.js';
import { SimulationViews } from './simulations.views.js';
import { SimulationsWorker } from './simulations.worker.js';

@Module({
  imports: [LearnersModule, ReevaluationsModule, RulebookModule],
  controllers: [SimulationsController],
  providers: [Simulations, SimulationsStore, SimulationViews, SimulationsWorker],
  exports: [Simulations, SimulationsWorker],
})
export class SimulationsModule {}
