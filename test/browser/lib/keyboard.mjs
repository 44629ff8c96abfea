const MOST_STOPS = 120;
const FIND_MS = 15_000;

/**
 * Somebody who has no mouse: Tab, Shift+Tab, Enter, Space, arrows and typing, nothing else. Every stop
 * is looked at: the focus has to be seen, and on the screen.
 */
export class Keyboard {
  /** How many stops were looked at, over the whole journey. */
  stops = 0;

  constructor(page) {
    this.page = page;
  }

  async press(key) {
    await this.page.keyboard.press(key);
  }

  /** Writes over what stands in the field that has the focus. */
  async type(text) {
    await this.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /**
   * Goes on, stop by stop, until the control with this name has the focus. Round the page once: a page
   * that still loads is gone round again.
   */
  async tabTo(name, { key = 'Tab' } = {}) {
    const deadline = Date.now() + FIND_MS;
    const seen = [];
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await this.press(key);
      const at = await this.#lookAtStop();
      if (at && matches(at, name)) return at;
      seen.push(at?.name ?? '–');
      if (at === undefined && Date.now() > deadline) break;
    }
    throw new Error(`no control “${name}” for the keyboard; stops: ${seen.slice(-40).join(' | ')}`);
  }

  async tabBackTo(name) {
    return this.tabTo(name, { key: 'Shift+Tab' });
  }

  /** Goes to a control and presses it. */
  async activate(name, { key = 'Enter', ...more } = {}) {
    await this.tabTo(name, more);
    await this.press(key);
  }

  /** Goes to a field and fills it. */
  async fill(name, text) {
    await this.tabTo(name);
    await this.type(text);
  }

  /** Goes to a list that folds out and takes the line with this text by arrow keys. */
  async pick(name, text) {
    await this.tabTo(name);
    const chosen = () =>
      this.page.evaluate(() => document.activeElement.selectedOptions?.[0]?.textContent ?? '');
    await this.press('Home');
    for (let line = 0; !(await chosen()).includes(text); line += 1) {
      if (line > MOST_STOPS) throw new Error(`${name} has no line “${text}”`);
      await this.press('ArrowDown');
    }
  }

  /** Goes to a group of choices and takes the one with this name by arrow keys. */
  async choose(name) {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await this.press('Tab');
      let at = await this.#lookAtStop();
      if (at?.type !== 'radio') continue;
      const first = at.name;
      do {
        if (matches(at, name)) {
          await this.press('Space');
          return;
        }
        await this.press('ArrowDown');
        at = await this.#lookAtStop();
      } while (at.name !== first);
    }
    throw new Error(`no choice “${name}” for the keyboard`);
  }

  /** What has the focus, after seeing to it that people can see that. */
  async #lookAtStop() {
    const at = await this.page.evaluate(() => globalThis.inPage.focused());
    if (!at) return undefined;
    this.stops += 1;
    if (at.fault) throw new Error(`${at.fault}: “${at.name}” at ${this.page.url()}`);
    return at;
  }
}

function matches(at, name) {
  return name instanceof RegExp ? name.test(at.name) : at.name === name;
}
