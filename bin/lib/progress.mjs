const BEAT_MS = 10_000;

/**
 * One line for each step that is done, and a sign of life while it lasts: a line that counts on a
 * terminal, a new line every few seconds in a log. Steps may run side by side.
 */
export class Progress {
  #running = new Map();
  #timer;

  constructor(stream = process.stdout) {
    this.stream = stream;
    this.isLive = stream.isTTY;
    // The terminal may close before us (EIO, EPIPE): what is running must still be stopped.
    stream.on('error', () => undefined);
  }

  /** Runs a step. `work` may call the function it is given to say what it is doing just now. */
  async step(label, work) {
    const step = { startedAt: Date.now(), doing: '' };
    this.#running.set(label, step);
    this.#watch();
    let mark = '✗';
    let result;
    try {
      result = await work((doing) => {
        step.doing = doing;
        if (!this.isLive) this.#print(`• ${label}: ${doing}`);
      });
      mark = '✓';
      return result;
    } finally {
      this.#running.delete(label);
      const summary = mark === '✓' ? (result?.summary ?? '') : 'failed';
      this.#print(`${mark} ${label.padEnd(18)} ${summary} (${seconds(step)})`);
      this.#watch();
    }
  }

  say(text) {
    this.#print(text);
  }

  #watch() {
    clearInterval(this.#timer);
    if (this.#running.size === 0) return;
    this.#timer = setInterval(() => this.#beat(), this.isLive ? 250 : BEAT_MS);
  }

  #beat() {
    const states = [...this.#running].map(
      ([label, step]) => `${label}: ${step.doing || 'working'} ${seconds(step)}`,
    );
    const line = `  … ${states.join(' · ')}`;
    // Without a limit a narrow window would wrap the line and fill up with copies of it.
    if (this.isLive) this.stream.write(`\r\x1b[K${line.slice(0, this.stream.columns - 1)}`);
    else this.stream.write(`${line}\n`);
  }

  #print(text) {
    this.stream.write(`${this.isLive ? '\r\x1b[K' : ''}${text}\n`);
  }
}

function seconds({ startedAt }) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
