/** The command did its work and the answer was bad: wrong rows, a step not as expected. */
export const EXIT_BAD_ANSWER = 1;
/** The command could not do its work: no service, no key, no file. */
export const EXIT_CANNOT_RUN = 2;

/** A failure whose message says what to change; printed without a stack trace. */
export class CliFailure extends Error {
  constructor(message, exitCode = EXIT_CANNOT_RUN) {
    super(message);
    this.exitCode = exitCode;
  }
}
