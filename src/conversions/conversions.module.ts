import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { Agreements } from './agreements/agreements.service.js';
import { ApplicationFlow } from './application-flow.js';
import { ApplicationReader } from './application-reader.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationsStore } from './applications.store.js';
import { ConversionsController } from './conversions.controller.js';
import { Conversions } from './conversions.service.js';
import { DeadlinesStore } from './deadlines.store.js';
import { DecisionsStore } from './decisions.store.js';
import { ConversionDependants } from './dependants.js';
import { EvaluationWorker } from './evaluation.worker.js';
import { Evaluations } from './evaluations.service.js';
import { Evaluator } from './evaluator.js';
import { FactsReader } from './facts-reader.js';
import { Findings } from './findings.service.js';
import { Letters } from './letters.service.js';
import { OverdueController } from './overdue.controller.js';
import { OverdueApplications } from './overdue.service.js';
import { Comparison } from './reevaluation/comparison.js';
import { ReevaluationWorker } from './reevaluation/reevaluation.worker.js';
import { ReevaluationsController } from './reevaluation/reevaluations.controller.js';
import { Reevaluations } from './reevaluation/reevaluations.service.js';
import { ReevaluationsStore } from './reevaluation/reevaluations.store.js';
import { WorklistStore } from './worklist.store.js';
import { RemindersWorker } from './reminders.worker.js';
import { Reviews } from './reviews.service.js';
import { ReviewsStore } from './reviews.store.js';

@Module({
  imports: [
    CatalogueModule,
    InstitutionsModule,
    LearnersModule,
    LedgerModule,
    OutcomesModule,
    RulebookModule,
  ],
  controllers: [
    AgreementsController,
    ConversionsController,
    OverdueController,
    ReevaluationsController,
  ],
  providers: [
    Agreements,
    ApplicationFlow,
    ApplicationReader,
    ApplicationViews,
    ApplicationsStore,
    ConversionDependants,
    Conversions,
    DeadlinesStore,
    DecisionsStore,
    EvaluationWorker,
    Evaluations,
    Evaluator,
    FactsReader,
    Findings,
    Letters,
    OverdueApplications,
    RemindersWorker,
    Comparison,
    ReevaluationWorker,
    Reevaluations,
    ReevaluationsStore,
    WorklistStore,
    Reviews,
    ReviewsStore,
  ],
  exports: [Comparison, Conversions, EvaluationWorker, Reviews, WorklistStore],
})
export class ConversionsModule {}
