export {
  formatSigningKey,
  formatVerifierKey,
  parseSigningKey,
  parseVerifierKey,
  signingKey,
} from '#libs/merkle';
export { logsAt } from './logs.js';
export { WitnessError, WitnessState } from './state.js';
export { type Outcome, type WatchedLog, Witness } from './witness.js';
