import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { AccessLog } from './access/access-log.js';
import { AccessLogStore } from './access/access-log.store.js';
import { AccessLogs } from './access/access-logs.js';
import { OnBehalfGuard } from './access/on-behalf.guard.js';
import { Reads } from './access/reads.js';
import { ClaimCodes } from './claim/claim-codes.js';
import { ClaimsController } from './claim/claims.controller.js';
import { Claims } from './claim/claims.js';
import { ClaimsStore } from './claim/claims.store.js';
import { ConsentsController } from './consent/consents.controller.js';
import { Consents } from './consent/consents.js';
import { ConsentsStore } from './consent/consents.store.js';
import { CounterController } from './counter/counter.controller.js';
import { CounterDays } from './counter/counter-days.js';
import { CounterSessions } from './counter/counter-sessions.js';
import { Presence } from './counter/presence.js';
import { Erasures } from './erasure/erasures.js';
import { ErasuresStore } from './erasure/erasures.store.js';
import { ShreddingWorker } from './erasure/shredding.worker.js';
import { AccountKeeper } from './export/account.keeper.js';
import { Exports } from './export/exports.js';
import { GuardiansController } from './guardians/guardians.controller.js';
import { Guardianships } from './guardians/guardianships.js';
import { Keepers } from './keepers.js';
import { LearnersController } from './learners.controller.js';
import { Learners } from './learners.service.js';
import { LearnersStore } from './learners.store.js';
import { PersonLinksController } from './one-person/person-links.controller.js';
import { PersonLinks } from './one-person/person-links.js';
import { PersonLinksStore } from './one-person/person-links.store.js';
import { OwnDataController } from './own-data.controller.js';
import { Reindexing } from './reindexing.js';
import { ReindexingStore } from './reindexing.store.js';
import { Resolver } from './resolver.js';
import { Vault } from './vault.js';

@Module({
  imports: [HistoryModule, ProposalsModule],
  controllers: [
    ClaimsController,
    ConsentsController,
    CounterController,
    GuardiansController,
    LearnersController,
    OwnDataController,
    PersonLinksController,
  ],
  providers: [
    AccessLog,
    AccessLogStore,
    AccessLogs,
    AccountKeeper,
    ClaimCodes,
    Claims,
    ClaimsStore,
    Consents,
    ConsentsStore,
    CounterDays,
    CounterSessions,
    Erasures,
    ErasuresStore,
    Exports,
    Guardianships,
    Keepers,
    Learners,
    LearnersStore,
    OnBehalfGuard,
    PersonLinks,
    PersonLinksStore,
    Presence,
    Reads,
    Reindexing,
    ReindexingStore,
    Resolver,
    ShreddingWorker,
    Vault,
  ],
  exports: [Consents, Guardianships, Keepers, Learners, OnBehalfGuard],
})
export class LearnersModule {}
