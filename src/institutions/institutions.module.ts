import { Global, Module } from '@nestjs/common';
import { PRINCIPAL_SOURCE } from '../platform/auth/index.js';
import { Accounts } from './accounts.service.js';
import { AccountsStore } from './accounts.store.js';
import { HeldKeys } from './held-keys.js';
import { InstitutionsController } from './institutions.controller.js';
import { Institutions } from './institutions.service.js';
import { InstitutionsStore } from './institutions.store.js';
import { HASHING_COST, Passwords, STANDARD_COST } from './passwords.js';
import { Principals } from './principals.service.js';
import { SessionsController } from './sessions.controller.js';
import { Sessions } from './sessions.service.js';
import { SignInLimits } from './sign-in-limits.js';

/** Global, because the guard of every route asks PRINCIPAL_SOURCE who is calling. */
@Global()
@Module({
  controllers: [InstitutionsController, SessionsController],
  providers: [
    HeldKeys,
    Accounts,
    AccountsStore,
    Institutions,
    InstitutionsStore,
    Passwords,
    Principals,
    Sessions,
    SignInLimits,
    { provide: HASHING_COST, useValue: STANDARD_COST },
    { provide: PRINCIPAL_SOURCE, useExisting: Principals },
  ],
  exports: [Institutions, PRINCIPAL_SOURCE],
})
export class InstitutionsModule {}
