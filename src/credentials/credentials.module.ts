import { type DynamicModule, Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import type { Config } from '../platform/config/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { OpenVcApiController, VcApiController } from './check/vc-api.controller.js';
import { VcApi } from './check/vc-api.service.js';
import { Verifying } from './check/verifying.service.js';
import { CredentialsController } from './credentials.controller.js';
import { Credentials } from './credentials.service.js';
import { CredentialsStore } from './credentials.store.js';
import { IdentitiesController, IssuerKeysController } from './issuers/issuers.controller.js';
import { IssuerKeysStore } from './issuers/issuer-keys.store.js';
import { Issuers } from './issuers/issuers.service.js';
import { CredentialsKeeper } from './keeper.js';
import { StatusListsController } from './status/status-lists.controller.js';
import { StatusLists } from './status/status-lists.service.js';
import { StatusStore } from './status/status.store.js';

@Module({
  imports: [HistoryModule, LearnersModule, LedgerModule, OutcomesModule, TransparencyModule],
  controllers: [
    CredentialsController,
    IdentitiesController,
    IssuerKeysController,
    StatusListsController,
  ],
  providers: [
    Credentials,
    CredentialsKeeper,
    CredentialsStore,
    Issuers,
    IssuerKeysStore,
    StatusLists,
    StatusStore,
    VcApi,
    Verifying,
  ],
  exports: [Credentials, Issuers, VcApi, Verifying],
})
export class CredentialsModule {}

/** The routes of the VC-API: behind authorisation, or open to everybody for test suites. */
@Module({ imports: [CredentialsModule] })
export class VcApiModule {
  static forRoot({ openVcApi }: Pick<Config, 'openVcApi'>): DynamicModule {
    return {
      module: VcApiModule,
      controllers: [openVcApi ? OpenVcApiController : VcApiController],
    };
  }
}
