import { Module } from '@nestjs/common';
import { AccessLog } from './access/access-log.js';
import { AccessLogStore } from './access/access-log.store.js';
import { AccessLogs } from './access/access-logs.js';
import { Reads } from './access/reads.js';
import { ConsentsController } from './consent/consents.controller.js';
import { Consents } from './consent/consents.js';
import { ConsentsStore } from './consent/consents.store.js';
import { Erasures } from './erasure/erasures.js';
import { ErasuresStore } from './erasure/erasures.store.js';
import { ShreddingWorker } from './erasure/shredding.worker.js';
import { AccountKeeper } from './export/account.keeper.js';
import { Exports } from './export/exports.js';
import { Keepers } from './keepers.js';
import { LearnersController } from './learners.controller.js';
import { Learners } from './learners.service.js';
import { LearnersStore } from './learners.store.js';
import { OwnDataController } from './own-data.controller.js';
import { Reindexing } from './reindexing.js';
import { ReindexingStore } from './reindexing.store.js';
import { Resolver } from './resolver.js';
import { Vault } from './vault.js';

@Module({
  controllers: [ConsentsController, LearnersController, OwnDataController],
  providers: [
    AccessLog,
    AccessLogStore,
    AccessLogs,
    AccountKeeper,
    Consents,
    ConsentsStore,
    Erasures,
    ErasuresStore,
    Exports,
    Keepers,
    Learners,
    LearnersStore,
    Reads,
    Reindexing,
    ReindexingStore,
    Resolver,
    ShreddingWorker,
    Vault,
  ],
  exports: [Keepers, Learners],
})
export class LearnersModule {}
