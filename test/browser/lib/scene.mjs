import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keyboard } from './keyboard.mjs';
import { Visitor } from './visitor.mjs';

const SEE_MS = 20_000;

/** One journey: its people, each in a browser of their own, and the step they are at. */
export class Scene {
  #people = [];
  #step = 'the beginning';

  constructor({ browser, bank, world }) {
    this.browser = browser;
    this.bank = bank;
    this.world = world;
  }

  /** Plays a journey; a complaint says at which step. Errors in the pages are complaints too. */
  async play(journey) {
    try {
      await journey(this);
      for (const person of this.#people) {
        const complaints = await person.visitor.complaints();
        must(complaints.length === 0, complaints.join('\n'));
      }
    } catch (error) {
      throw new Error(`at “${this.#step}”: ${error.message}${await this.#picture()}`, {
        cause: error,
      });
    } finally {
      for (const { visitor } of this.#people) await visitor.close();
    }
  }

  /** What the one who acted last had before them when it went wrong. */
  async #picture() {
    const last = this.#people.at(-1);
    if (!last) return '';
    const file = join(mkdtempSync(join(tmpdir(), 'creditbank-journey-')), 'page.png');
    await last.page.screenshot({ path: file, fullPage: true }).catch(() => undefined);
    return `\npicture: ${file}`;
  }

  step(name) {
    this.#step = name;
  }

  /** Somebody who comes to the site; with an account, one who has signed in before. */
  async person({ as, path = '/', language = 'zh', expects = [] } = {}) {
    const visitor = await Visitor.open({ browser: this.browser, bank: this.bank, as });
    await visitor.load(path, { language, expects });
    await visitor.settle();
    const person = new Person(visitor, this.bank);
    this.#people.push(person);
    return person;
  }
}

/** What a person does and sees. */
export class Person {
  constructor(visitor, bank) {
    this.visitor = visitor;
    this.page = visitor.page;
    this.bank = bank;
    this.keyboard = new Keyboard(visitor.page);
  }

  async sees(selector, text, timeoutMs = SEE_MS) {
    const all = this.page.locator(selector);
    const found = text === undefined ? all : all.filter({ hasText: text });
    await found
      .first()
      .waitFor({ state: 'visible', timeout: timeoutMs })
      .catch(() => {
        throw new Error(`${selector} “${text ?? ''}” does not show at ${this.page.url()}`);
      });
    return found.first();
  }

  /** Signs in by the keyboard, from any page. */
  async signIn(name) {
    const { password } = this.bank.accounts.find((account) => account.name === name);
    const { keyboard } = this;
    await keyboard.activate('登录');
    await this.sees('h1', '登录');
    await keyboard.fill('登录名', name);
    await keyboard.fill('密码', password);
    await keyboard.press('Enter');
    await this.sees('header.top button', '退出登录');
    await this.visitor.settle();
  }

  /** Presses a control that opens the dialog of files, and hands a file over. */
  async chooseFile(name, file) {
    const opened = this.page.waitForEvent('filechooser');
    await this.keyboard.activate(name);
    await (await opened).setFiles(file);
  }

  /** Presses a control that has a file downloaded; answers where it lies. */
  async download(name) {
    const begun = this.page.waitForEvent('download');
    await this.keyboard.activate(name);
    return (await begun).path();
  }

  /** From now on the page must not be loaded again. */
  async markPage() {
    await this.page.evaluate(() => (globalThis.isSamePage = true));
  }

  async mustBeSamePage() {
    must(
      await this.page.evaluate(() => globalThis.isSamePage === true),
      'the page was loaded again',
    );
  }
}

export function must(condition, complaint) {
  if (!condition) throw new Error(complaint);
}
