import { CliFailure, EXIT_BAD_ANSWER } from '../failure.mjs';

/** Runs the steps of the demonstration and tells about them: for people, or one JSON line each. */
export class Stage {
  #number = 0;
  #requests = [];
  #lines = [];

  constructor(service, { json }) {
    this.service = service;
    this.json = json;
    service.onAnswer = (answer) => this.#record(answer);
  }

  /** One step: what happens, then what was answered. An unexpected answer ends the demonstration. */
  async step(title, work) {
    this.#number += 1;
    this.#requests = [];
    this.#lines = [];
    const startedAt = performance.now();
    if (!this.json) console.log(`\n${String(this.#number).padStart(2)}. ${title}`);
    let fault;
    try {
      return await work();
    } catch (error) {
      fault = error.message;
      if (!(error instanceof CliFailure)) error.message = `${title}: ${error.message}`;
      throw error;
    } finally {
      const took = Math.round(performance.now() - startedAt);
      if (this.json) this.#printJson({ title, took, fault });
    }
  }

  /** A line of the answer, in words. */
  say(text) {
    this.#lines.push(text);
    if (!this.json) console.log(`      ${text}`);
  }

  /** Ends the demonstration with exit code 1 when the answer is not as it should be. */
  expect(isAsExpected, otherwise) {
    if (isAsExpected) return;
    if (!this.json) console.log(`      ✗ ${otherwise}`);
    throw new CliFailure(`Step ${this.#number} was not as expected: ${otherwise}`, EXIT_BAD_ANSWER);
  }

  #record({ line }) {
    this.#requests.push(line);
    if (!this.json) console.log(`    ${line}`);
  }

  #printJson({ title, took, fault }) {
    const result = fault === undefined ? { ok: true } : { ok: false, fault };
    console.log(
      JSON.stringify({
        step: this.#number,
        title,
        requests: this.#requests,
        answer: this.#lines,
        durationMs: took,
        ...result,
      }),
    );
  }
}
