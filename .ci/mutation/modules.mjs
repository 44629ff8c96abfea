import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import { transformSync } from '@swc/core';

/**
 * The project's TypeScript as Jest sees it, loaded again and again. A file is read and compiled once;
 * each `fresh()` runs it anew, so that nothing a mutant left behind reaches the next one.
 */
export class Modules {
  #root;
  #settings;
  #packages;
  #compiled = new Map();

  constructor(root) {
    this.#root = root;
    this.#packages = createRequire(join(root, 'package.json'));
    const { jest } = this.#packages('./package.json');
    const [[, settings]] = Object.values(jest.transform);
    this.#settings = { ...settings, sourceMaps: false };
  }

  /** A function that loads a file by its absolute path, with modules of its own. */
  fresh() {
    const loaded = new Map();
    const load = (path) => {
      const known = loaded.get(path);
      if (known) return known.exports;
      const module = { exports: {} };
      loaded.set(path, module);
      const require = (name) => {
        const file = this.#fileOf(name, dirname(path));
        return file === undefined ? this.#packages(name) : load(file);
      };
      this.#compile(path)(module, module.exports, require, dirname(path), path);
      return module.exports;
    };
    return load;
  }

  /** What `moduleNameMapper` of Jest's settings says; undefined for a package. */
  #fileOf(name, from) {
    if (name.startsWith('#libs/')) return join(this.#root, 'libs', name.slice(6), 'src/index.ts');
    if (!name.startsWith('.')) return undefined;
    const path = join(from, name);
    const source = path.replace(/\.js$/, '.ts');
    return existsSync(source) ? source : path;
  }

  #compile(path) {
    const known = this.#compiled.get(path);
    if (known) return known;
    const text = readFileSync(path, 'utf8');
    const code = path.endsWith('.json')
      ? `module.exports = ${text}`
      : transformSync(text, { ...this.#settings, filename: path }).code;
    const wrapped = vm.compileFunction(
      code,
      ['module', 'exports', 'require', '__dirname', '__filename'],
      { filename: path },
    );
    this.#compiled.set(path, wrapped);
    return wrapped;
  }
}
