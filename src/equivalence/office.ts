import type { Principal } from '../platform/auth/index.js';
import { refusal } from '../platform/http/index.js';

/** The institution for which the principal asks. Refuses with `no-institution`. */
export function officeOf({ institutionId }: Principal): string {
  if (institutionId === null) throw refusal('no-institution');
  return institutionId;
}
