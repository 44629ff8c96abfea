import type { AttemptLimit } from '../../platform/attempts/index.js';

/** Many passwords for one person. A window that was used up makes the next twice as long. */
export const NAME_LIMIT: AttemptLimit = {
  name: 'sign-in-name',
  most: 10,
  windowSeconds: 10 * 60,
  longestSeconds: 60 * 60,
  code: 'too-many-sign-ins',
};

/** One password for many people; a school behind one address has room for its typing errors. */
export const ADDRESS_LIMIT: AttemptLimit = {
  name: 'sign-in-address',
  most: 60,
  windowSeconds: 10 * 60,
  longestSeconds: 60 * 60,
  code: 'too-many-sign-ins',
};

/** Only who knows the password gets this far, so the limit may be hard: no stranger can use it up. */
export const CODE_LIMIT: AttemptLimit = {
  name: 'second-factor',
  most: 5,
  windowSeconds: 15 * 60,
  longestSeconds: 24 * 60 * 60,
  code: 'too-many-sign-ins',
};
