import { performance } from 'node:perf_hooks';
import { expect } from 'expect';
import { bind } from 'jest-each';

/**
 * The part of Jest that specs of `libs` use: `describe`, `test`, `it`, their `each`, `beforeAll` and
 * `expect`. A spec that needs more belongs to a run with Jest.
 */
export class Specs {
  #tests = [];
  #group = { name: '', hooks: [], parent: undefined };

  /** The tests of a file: `load` runs it. */
  static of(file, load) {
    const specs = new Specs();
    specs.#offer();
    load();
    const seen = new Map();
    return specs.#tests.map((test) => {
      const name = `${file} ${test.name}`;
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { ...test, id: times === 1 ? name : `${name} (${times})` };
    });
  }

  /** @returns how long it took in ms, and what went wrong. */
  static async run({ group, body }) {
    const started = performance.now();
    let failure;
    try {
      await prepare(group);
      await body();
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    return { timeSpentMs: performance.now() - started, failure };
  }

  #offer() {
    const describe = (name, body) => this.#describe(name, body);
    const test = (name, body) => {
      this.#tests.push({ name: `${this.#group.name}${name}`, group: this.#group, body });
    };
    const beforeAll = (hook) => this.#group.hooks.push(hook);
    describe.each = bind(describe, false);
    test.each = bind(test, false);
    Object.assign(globalThis, { describe, test, it: test, beforeAll, expect });
  }

  #describe(name, body) {
    const parent = this.#group;
    this.#group = { name: `${parent.name}${name} `, hooks: [], parent };
    body();
    this.#group = parent;
  }
}

async function prepare(group) {
  if (group.parent) await prepare(group.parent);
  for (const hook of group.hooks.splice(0)) await hook();
}
