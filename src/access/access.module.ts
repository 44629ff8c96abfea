import { Global, Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { PRINCIPAL_SOURCE } from '../platform/auth/index.js';
import { Accounts } from './accounts/accounts.service.js';
import { AccountsStore } from './accounts/accounts.store.js';
import { OwnAccountController } from './accounts/own-account.controller.js';
import { OwnAccount } from './accounts/own-account.service.js';
import { HASHING_COST, Passwords, STANDARD_COST } from './accounts/passwords.js';
import { FactorsStore } from './factors/factors.store.js';
import { Passkeys } from './factors/passkeys.service.js';
import { PasskeysStore } from './factors/passkeys.store.js';
import { SecondFactors } from './factors/second-factors.service.js';
import { HeldKeys } from './held-keys.js';
import { ApiKeys } from './keys/keys.service.js';
import { ApiKeysStore } from './keys/keys.store.js';
import { KnownKeys } from './keys/known-keys.js';
import { Principals } from './principals.service.js';
import { OwnSessionsController } from './sessions/own-sessions.controller.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';
import { SessionsStore } from './sessions/sessions.store.js';

/** Global, because the guard of every route asks PRINCIPAL_SOURCE who is calling. */
@Global()
@Module({
  imports: [HistoryModule],
  controllers: [SessionsController, OwnSessionsController, OwnAccountController],
  providers: [
    Accounts,
    AccountsStore,
    ApiKeys,
    FactorsStore,
    HeldKeys,
    ApiKeysStore,
    KnownKeys,
    OwnAccount,
    Passkeys,
    PasskeysStore,
    Passwords,
    Principals,
    SecondFactors,
    SessionCookie,
    Sessions,
    SessionsStore,
    { provide: HASHING_COST, useValue: STANDARD_COST },
    { provide: PRINCIPAL_SOURCE, useExisting: Principals },
  ],
  exports: [Accounts, ApiKeys, PRINCIPAL_SOURCE],
})
export class AccessModule {}
