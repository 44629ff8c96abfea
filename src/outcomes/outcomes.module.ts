import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { Completions } from './completions.js';
import { CounterpartGuard } from './counterpart.guard.js';
import { Dependants } from './dependants.js';
import { OutcomesController } from './outcomes.controller.js';
import { OutcomesService } from './outcomes.service.js';
import { OutcomesStore } from './outcomes.store.js';
import { Outcomes } from './outcomes.js';
import { OutcomeRevocations } from './revocation.js';
import { RevocationProposals } from './revocation.proposals.js';
import { RevocationService } from './revocation.service.js';
import { RevocationsStore } from './revocations.store.js';
import { OutcomesKeeper } from './keeper.js';
import { PostingGuards } from './posting-guards.js';

@Module({
  imports: [CatalogueModule, InstitutionsModule, LearnersModule, LedgerModule, ProposalsModule],
  controllers: [OutcomesController],
  providers: [
    OutcomesKeeper,
    Completions,
    CounterpartGuard,
    Dependants,
    OutcomeRevocations,
    Outcomes,
    OutcomesService,
    OutcomesStore,
    PostingGuards,
    RevocationService,
    RevocationProposals,
    RevocationsStore,
  ],
  exports: [
    Completions,
    Dependants,
    OutcomeRevocations,
    Outcomes,
    PostingGuards,
    RevocationService,
  ],
})
export class OutcomesModule {}
