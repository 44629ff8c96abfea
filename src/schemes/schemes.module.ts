import { Module } from '@nestjs/common';
import { ConversionsModule } from '../conversions/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ReevaluationsModule } from '../reevaluations/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { VerificationModule } from '../verification/index.js';
import { CandidaciesController } from './candidacies.controller.js';
import { Candidacies } from './candidacies.service.js';
import { CandidaciesStore } from './candidacies.store.js';
import { Candidates } from './candidates.service.js';
import { Eligibilities } from './eligibilities.service.js';
import { EvidencePapers } from './evidence-papers.service.js';
import { Judge } from './judge.js';
import { SchemesKeeper } from './keeper.js';
import { SchemeSimulations } from './scheme-simulations.service.js';
import { SchemesController } from './schemes.controller.js';
import { Schemes } from './schemes.service.js';
import { SchemesStore } from './schemes.store.js';
import { SimulationsStore } from './simulations.store.js';
import { SchemeSimulationsWorker } from './simulations.worker.js';

@Module({
  imports: [
    ConversionsModule,
    CredentialsModule,
    HistoryModule,
    InstitutionsModule,
    LearnersModule,
    LedgerModule,
    ReevaluationsModule,
    RulebookModule,
    TransparencyModule,
    VerificationModule,
  ],
  controllers: [SchemesController, CandidaciesController],
  providers: [
    Candidacies,
    CandidaciesStore,
    Candidates,
    Eligibilities,
    EvidencePapers,
    Judge,
    SchemesKeeper,
    SchemeSimulations,
    SchemeSimulationsWorker,
    Schemes,
    SchemesStore,
    SimulationsStore,
  ],
  // For the demonstration district.
  exports: [Candidacies, SchemeSimulations, Schemes],
})
export class SchemesModule {}
