import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { waitUntil } from '../../../bin/lib/process.mjs';
import { Caller } from './caller.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const IN_PAGE = readFileSync(new URL('./in-page.js', import.meta.url), 'utf8');
const HEIGHT = 900;
const SHOWS_MS = 20_000;
const QUIET_MS = 60;

/** Who visits: a browser window of one account (or of nobody), with ears for what goes wrong. */
export class Visitor {
  #inFlight = new Set();
  #complaints = [];
  #expected = [];

  static async open({ browser, bank, as, bypassCsp = false }) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: HEIGHT },
      acceptDownloads: true,
      // What the browser itself writes: the parts of a date, for one.
      locale: 'zh-CN',
      bypassCSP: bypassCsp,
    });
    if (as) await context.addCookies([(await sessionOf(bank, as)).cookie]);
    await context.addInitScript(IN_PAGE);
    const visitor = new Visitor(await context.newPage(), bank, as);
    visitor.#listen();
    return visitor;
  }

  constructor(page, bank, as) {
    this.page = page;
    this.bank = bank;
    this.as = as;
  }

  close() {
    return this.page.context().close();
  }

  /** What went wrong since the last time: errors of scripts, refused requests, policy violations. */
  async complaints() {
    const violations = await this.page.evaluate(() => globalThis.inPage.takeViolations());
    return [...this.#complaints.splice(0), ...violations];
  }

  /** Loads an address in a language and mode, as somebody who chose them on an earlier visit. */
  async load(path, { language, senior = false, expects = [] }) {
    this.#expected = expects;
    const choice = { language, senior, textSize: 0, goal: null, signedIn: this.as !== undefined };
    if (this.page.url() === 'about:blank') await this.page.goto(`${this.bank.base}/favicon.svg`);
    await this.page.evaluate(
      (text) => localStorage.setItem('credit-bank', text),
      JSON.stringify({ ...(await this.#chosen()), ...choice }),
    );
    await this.page.goto(this.bank.base + path);
  }

  /** What the page keeps besides language and mode: the goal, for one. */
  async #chosen() {
    const text = await this.page.evaluate(() => localStorage.getItem('credit-bank'));
    const { goal = null } = JSON.parse(text ?? '{}');
    return { goal };
  }

  /** Waits until everything is there that has to be, and nothing is on its way. */
  async settle(shows = []) {
    for (const selector of ['h1', ...shows]) {
      await this.page
        .locator(selector)
        .first()
        .waitFor({ state: 'visible', timeout: SHOWS_MS })
        .catch(() => {
          throw new Error(`${selector} does not show at ${this.page.url()}`);
        });
    }
    const isQuiet = async () => {
      await this.page.waitForTimeout(QUIET_MS);
      return this.#inFlight.size === 0;
    };
    if (!(await waitUntil(isQuiet, SHOWS_MS, 0))) {
      throw new Error(
        `requests do not end: ${[...this.#inFlight].map((one) => one.url()).join(' ')}`,
      );
    }
    // The drawing library comes after the words: an empty box is no chart yet.
    const undrawn = this.page.locator('.chart:empty').first();
    await undrawn.waitFor({ state: 'detached', timeout: SHOWS_MS });
    await this.page.evaluate(() => globalThis.inPage.painted());
  }

  async setWidth(width, height = HEIGHT) {
    await this.page.setViewportSize({ width, height });
    await this.page.evaluate(() => globalThis.inPage.painted());
  }

  /** Presses the first control of the page, which switches senior mode. */
  async setSenior(senior) {
    const button = this.page.locator('header.top button[aria-pressed]').first();
    if ((await button.getAttribute('aria-pressed')) !== String(senior)) await button.click();
    // The pointer rests where nothing lights up under it.
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(() => globalThis.inPage.painted());
  }

  /** Presses the second control until the text has the size: 0, 1 or 2 (20, 24, 30 px). */
  async setTextSize(wanted) {
    const size = () => this.page.evaluate(() => document.documentElement.dataset.textSize);
    for (let presses = 0; (await size()) !== String(wanted); presses += 1) {
      if (presses > 3) throw new Error('the size of the text does not change');
      await this.page.locator('header.top button.switch').nth(1).click();
    }
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(() => globalThis.inPage.painted());
  }

  /** The violations that axe finds, one line a rule. */
  async axe(tags) {
    const hasAxe = await this.page.evaluate(() => 'axe' in globalThis);
    if (!hasAxe) await this.page.evaluate(AXE);
    return this.page.evaluate((tags) => globalThis.inPage.axeFaults(tags), tags);
  }

  measure(name, argument) {
    return this.page.evaluate(
      ([name, argument]) => globalThis.inPage[name](argument),
      [name, argument],
    );
  }

  #listen() {
    const { page } = this;
    page.on('console', (message) => {
      // A refused request is judged below, where its status and address are known.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load')) return;
      this.#complaints.push(`console: ${message.text().slice(0, 300)}`);
    });
    page.on('pageerror', (error) => this.#complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.resourceType() !== 'eventsource') this.#inFlight.add(request);
    });
    page.on('requestfinished', (request) => this.#inFlight.delete(request));
    page.on('requestfailed', (request) => {
      this.#inFlight.delete(request);
      const reason = request.failure()?.errorText;
      // What a page no longer waits for when it is left.
      if (reason === 'net::ERR_ABORTED') return;
      this.#complaints.push(`request failed: ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() < 400 || this.#expected.includes(response.status())) return;
      this.#complaints.push(`${response.status()} ${response.url()}`);
    });
  }
}

const sessions = new Map();

/** One session an account for the whole run: signing in again and again looks like guessing. */
function sessionOf(bank, name) {
  const key = `${bank.base} ${name}`;
  if (!sessions.has(key)) sessions.set(key, Caller.signIn(bank, name));
  return sessions.get(key);
}
