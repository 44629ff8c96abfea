import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { HolidaysModule } from '../holidays/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { QueriesKeeper } from './keeper.js';
import { LearnerQueriesController } from './learner-queries.controller.js';
import { LearnerQueries } from './learner-queries.service.js';
import { LearnerQueriesStore } from './learner-queries.store.js';
import { QueryLives } from './lives.store.js';
import { QueryPromises } from './promises.service.js';
import { QueryReminders } from './reminders.worker.js';

@Module({
  imports: [CatalogueModule, HolidaysModule, InstitutionsModule, LearnersModule, OutcomesModule],
  controllers: [LearnerQueriesController],
  providers: [
    LearnerQueries,
    LearnerQueriesStore,
    QueriesKeeper,
    QueryLives,
    QueryPromises,
    QueryReminders,
  ],
  exports: [LearnerQueries, QueryLives, QueryPromises],
})
export class QueriesModule {}
