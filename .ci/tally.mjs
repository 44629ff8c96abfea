import { writeFileSync } from 'node:fs';

/** What passed and what failed, in Jest's words for `.ci/run`. */
export class Tally {
  numPassedTests = 0;
  numFailedTests = 0;
  testResults = [];

  /** @param {string} file the command whose checks these are, as `.ci/run` is to name it */
  constructor(file) {
    this.#file = file;
  }

  #file;

  /** Counts one check; its complaints, if any, make it a failed one. */
  add(name, complaints) {
    if (complaints.length === 0) {
      this.numPassedTests += 1;
      return;
    }
    this.numFailedTests += 1;
    const failed = { status: 'failed', fullName: name, failureMessages: complaints };
    this.testResults.push({ name: this.#file, assertionResults: [failed] });
  }

  /** Runs one check whose complaint is what it throws, and says how it went. */
  async check(name, work) {
    const startedAt = Date.now();
    const complaint = await work().then(
      () => undefined,
      (error) => error.message,
    );
    this.add(name, complaint === undefined ? [] : [complaint]);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    console.log(`${complaint === undefined ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (complaint !== undefined) console.log(complaint.replace(/^/gm, '    '));
    return complaint === undefined;
  }

  /** Writes the counts where `.ci/run` reads them, and sets how the process ends. */
  finish(file) {
    if (file) writeFileSync(file, JSON.stringify(this));
    console.log(`${this.numPassedTests} passed, ${this.numFailedTests} failed`);
    process.exitCode = this.numFailedTests > 0 || this.numPassedTests === 0 ? 1 : 0;
  }
}
