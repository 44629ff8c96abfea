/** History is never unwritten: a mistake in a migration is corrected by the next one. */
export function forwardOnly(): Promise<void> {
  return Promise.reject(new Error('migrations are forward only; write a new one'));
}
