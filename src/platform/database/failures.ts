import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';

/** serialization_failure, deadlock_detected, lock_not_available */
const LOST_RACE = new Set(['40001', '40P01', '55P03']);
const UNIQUE_VIOLATION = '23505';

/** The server ends or begins, or has no connection to spare; class 08 is a broken connection. */
const OUTAGE = /^(?:08|57P0[123]|53300)/;
const BROKEN_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** `pg` gives these no code. */
const BROKEN_CLIENT =
  /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect$/;

/** The PostgreSQL error code (SQLSTATE) of a failed query, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  return codeOf(error instanceof QueryFailedError ? error.driverError : undefined);
}

/** The name of the constraint that a failed query violated. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { constraint?: string }).constraint;
}

/**
 * Somebody else was faster: the whole transaction was undone and may run again. Two movements that
 * took the same number of a lot collide on the key of `entry`, whose partitions have keys of their
 * own; any other unique key is a matter of the caller.
 */
export function isLostRace(error: unknown): boolean {
  const state = sqlState(error) ?? '';
  if (state !== UNIQUE_VIOLATION) return LOST_RACE.has(state);
  return /^entry(?:_p\w+)?_pkey$/.test(violatedConstraint(error) ?? '');
}

/** query_canceled: a statement took longer than the connection's limit. */
export function isTimeOver(error: unknown): boolean {
  return sqlState(error) === '57014';
}

/**
 * The database is not there, or went away in the middle. Whether a commit that was under way has
 * happened is unknown: only a caller that is idempotent may ask again.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause instanceof AggregateError) return cause.errors.some(isOutage);
  const code = codeOf(cause) ?? '';
  if (OUTAGE.test(code) || BROKEN_SOCKET.has(code)) return true;
  return cause instanceof Error && BROKEN_CLIENT.test(cause.message);
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
