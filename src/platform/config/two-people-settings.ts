import { integer } from './settings.js';

/**
 * What one person may do alone; beyond it a second one has to confirm. Each number is the most that
 * is still done alone, so 0 asks for two people every time.
 */
export interface TwoPeopleSettings {
  /** Credit that a revocation takes back or sets free, in thousandths. */
  readonly aloneMillicredits: bigint;
  /** Learners whom a revocation reaches, and booked conversions that it reverses. */
  readonly aloneReach: number;
  /** Age of what is taken back or given back, in months since its completion. */
  readonly aloneMonths: number;
  /** Age of what is posted for the first time, in months since its completion. */
  readonly alonePostingMonths: number;
  /** How long a proposal waits for the second person, in days. */
  readonly proposalDays: number;
}

const MOST = 1_000_000_000;
const MOST_MONTHS = 1_200;

/**
 * Reads the part of the environment that is about work for two. The standard: a year's credit, a
 * class of learners, the three years in which mistakes come to light, and for postings the seven
 * years after which no credit can be used.
 */
export function twoPeopleSettings(env: NodeJS.ProcessEnv): TwoPeopleSettings {
  return {
    aloneMillicredits: BigInt(integer(env, 'ALONE_CREDITS', 60, MOST)) * 1_000n,
    aloneReach: integer(env, 'ALONE_REACH', 20, MOST),
    aloneMonths: integer(env, 'ALONE_MONTHS', 36, MOST_MONTHS),
    alonePostingMonths: integer(env, 'ALONE_POSTING_MONTHS', 84, MOST_MONTHS),
    proposalDays: integer(env, 'PROPOSAL_DAYS', 7, 365),
  };
}
