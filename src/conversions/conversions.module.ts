import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { HolidaysModule } from '../holidays/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { Agreements } from './agreements/agreements.service.js';
import { Quotas } from './agreements/quotas.js';
import { ApplicationFlow } from './application-flow.js';
import { ApplicationReader } from './application-reader.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationWords } from './application-words.js';
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
import { LetterPapersController } from './letter-papers.controller.js';
import { LetterPapers } from './letter-papers.service.js';
import { Letters } from './letters.service.js';
import { OverdueController } from './overdue.controller.js';
import { OverdueApplications } from './overdue.service.js';
import { Prospects } from './prospects.js';
import { RemindersWorker } from './reminders.worker.js';
import { Reviews } from './reviews.service.js';
import { ReviewsStore } from './reviews.store.js';
import { UndecidedApplications } from './undecided.js';
import { ApplicationsKeeper } from './keeper.js';
import { WaitingApplications } from './waiting.service.js';

@Module({
  imports: [
    AgreementsModule,
    HolidaysModule,
    InstitutionsModule,
    LearnersModule,
    LedgerModule,
    OutcomesModule,
    RulebookModule,
    TransparencyModule,
  ],
  controllers: [
    AgreementsController,
    ConversionsController,
    LetterPapersController,
    OverdueController,
  ],
  providers: [
    ApplicationsKeeper,
    Agreements,
    ApplicationFlow,
    ApplicationReader,
    ApplicationViews,
    ApplicationWords,
    ApplicationsStore,
    ConversionDependants,
    Conversions,
    DeadlinesStore,
    WaitingApplications,
    DecisionsStore,
    EvaluationWorker,
    Evaluations,
    Evaluator,
    FactsReader,
    Findings,
    LetterPapers,
    Letters,
    OverdueApplications,
    Prospects,
    Quotas,
    RemindersWorker,
    Reviews,
    ReviewsStore,
    UndecidedApplications,
  ],
  exports: [
    Conversions,
    Evaluations,
    EvaluationWorker,
    FactsReader,
    Prospects,
    Reviews,
    UndecidedApplications,
  ],
})
export class ConversionsModule {}
