export { AccessModule } from './access.module.js';
export type { Member, NewAccount, PasswordHash, StoredAccount } from './accounts/account.js';
export { Accounts } from './accounts/accounts.service.js';
export { HASHING_COST, type HashingCost } from './accounts/passwords.js';
export { ApiKeys, type IssuedApiKey, type NewApiKey } from './keys/keys.service.js';
export { isStaff } from './factors/second-factors.service.js';
export { Persons } from './persons.js';
export { SessionCookie, originOf } from './sessions/session-cookie.js';
export { Sessions } from './sessions/sessions.service.js';
