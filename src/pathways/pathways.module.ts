import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { CatalogueModule } from '../catalogue/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { Cohort } from './cohort.js';
import { PathwayEnrolments } from './enrolments.service.js';
import { EnrolmentsStore } from './enrolments.store.js';
import { PathwayFigures } from './figures.service.js';
import { PathwayGates } from './gates.service.js';
import { PathwaysKeeper } from './keeper.js';
import { LearnerPathwaysController } from './learner-pathways.controller.js';
import { PathwaysController } from './pathways.controller.js';
import { PathwaysStore } from './pathways.store.js';
import { PathwayPublications } from './publications.service.js';

@Module({
  imports: [
    AgreementsModule,
    CatalogueModule,
    HistoryModule,
    InstitutionsModule,
    LearnersModule,
    OutcomesModule,
    ProposalsModule,
  ],
  controllers: [PathwaysController, LearnerPathwaysController],
  providers: [
    Cohort,
    EnrolmentsStore,
    PathwayEnrolments,
    PathwayFigures,
    PathwayGates,
    PathwayPublications,
    PathwaysKeeper,
    PathwaysStore,
  ],
  exports: [PathwayEnrolments, PathwayGates, PathwayPublications],
})
export class PathwaysModule {}
