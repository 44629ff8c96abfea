import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { Completions } from './completions.js';
import { OutcomesController } from './outcomes.controller.js';
import { OutcomesService } from './outcomes.service.js';
import { OutcomesStore } from './outcomes.store.js';
import { Outcomes } from './outcomes.js';

@Module({
  imports: [CatalogueModule, LearnersModule, LedgerModule],
  controllers: [OutcomesController],
  providers: [Completions, Outcomes, OutcomesService, OutcomesStore],
  exports: [Completions, Outcomes],
})
export class OutcomesModule {}
