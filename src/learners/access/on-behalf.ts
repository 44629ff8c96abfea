import { type Act, OpenOnBehalf } from '../../platform/auth/index.js';
import type { Reading } from './reading.js';

/**
 * Opens a route of learners to a clerk whom the learner has agreed to let `act`, and to a guardian.
 * Every such request is a line in the learner's access log: the `reading` with who made it.
 */
export function OnBehalf(act: Act, reading: Reading): MethodDecorator {
  return OpenOnBehalf({ act, ...reading });
}
