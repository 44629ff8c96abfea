/** A failure whose message already says what to change: printed without a stack trace. */
export class Refusal extends Error {}
