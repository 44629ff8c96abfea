export { AccessModule } from './access.module.js';
export type { Member, NewAccount, PasswordHash, StoredAccount } from './accounts/account.js';
export { Accounts } from './accounts/accounts.service.js';
export { inventPassword, inventSuffix } from './accounts/invented.js';
export { HASHING_COST, type HashingCost } from './accounts/passwords.js';
export { ApiKeys, type IssuedApiKey, type NewApiKey } from './keys/keys.service.js';
export { SecondFactors, isStaff } from './factors/second-factors.service.js';
export { Persons } from './persons.js';
export {
  type CounterSession,
  type RepresentationWithEnd,
  WAYS_TO_AGREE,
  type WayToAgree,
} from './representation/representation.js';
export { Representations } from './representation/representations.js';
export { SessionCookie, originOf } from './sessions/session-cookie.js';
export { SessionDto, sessionOf } from './sessions/sessions.dto.js';
export { Sessions, type StartedSession } from './sessions/sessions.service.js';
