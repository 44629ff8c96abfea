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
import { KeyAdministration } from './keys/key-administration.service.js';
import { ApiKeysController } from './keys/keys.controller.js';
import { ApiKeys } from './keys/keys.service.js';
import { ApiKeysStore } from './keys/keys.store.js';
import { KnownKeys } from './keys/known-keys.js';
import { Persons } from './persons.js';
import { Principals } from './principals.service.js';
import { Representations } from './representation/representations.js';
import { RepresentationsStore } from './representation/representations.store.js';
import { OwnSessionsController } from './sessions/own-sessions.controller.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { KnownTokens } from './tokens/known-tokens.js';
import { TokensController } from './tokens/tokens.controller.js';
import { Tokens } from './tokens/tokens.service.js';
import { TokensStore } from './tokens/tokens.store.js';

/** Global, because the guard of every route asks PRINCIPAL_SOURCE who is calling. */
@Global()
@Module({
  imports: [HistoryModule],
  controllers: [
    SessionsController,
    OwnSessionsController,
    OwnAccountController,
    ApiKeysController,
    TokensController,
  ],
  providers: [
    Accounts,
    AccountsStore,
    ApiKeys,
    FactorsStore,
    HeldKeys,
    ApiKeysStore,
    KeyAdministration,
    KnownKeys,
    KnownTokens,
    OwnAccount,
    Passkeys,
    PasskeysStore,
    Passwords,
    Persons,
    Principals,
    Representations,
    RepresentationsStore,
    SecondFactors,
    SessionCookie,
    Sessions,
    SessionsStore,
    Tokens,
    TokensStore,
    { provide: HASHING_COST, useValue: STANDARD_COST },
    { provide: PRINCIPAL_SOURCE, useExisting: Principals },
  ],
  exports: [
    Accounts,
    ApiKeys,
    Persons,
    PRINCIPAL_SOURCE,
    Representations,
    SecondFactors,
    SessionCookie,
    Sessions,
  ],
})
export class AccessModule {}
