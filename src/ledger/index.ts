export { BalanceDto, BalancesDto, CategoryBalanceDto, EntryDto } from './ledger.dto.js';
export { ExpiryWorker } from './expiry.worker.js';
export { Ledger } from './ledger.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerReads } from './ledger.service.js';
export * from './ledger.types.js';
export { sumBalances, toBalancesDto } from './ledger.views.js';
export {
  type EntryOwner,
  type FedPosting,
  type FoundEntry,
  PostingsStore,
} from './postings.store.js';
