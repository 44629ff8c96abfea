import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { Refusal } from '../../../bin/lib/refusal.mjs';

/**
 * A checkout beside the project. Its TypeScript modules are compiled in memory and run as they are;
 * they see their own files and what is put in the place of others, and no package.
 */
export class Checkout {
  #modules = new Map();

  /**
   * @param folder the working tree
   * @param standIns exports by path in the checkout, without extension
   */
  constructor(folder, standIns = {}) {
    this.folder = folder;
    for (const [path, exports] of Object.entries(standIns)) this.#modules.set(path, exports);
  }

  text(path) {
    const file = join(this.folder, path);
    if (!existsSync(file)) throw new Refusal(`There is no ${path} in ${this.folder}.`);
    return readFileSync(file, 'utf8');
  }

  /** Of the texts of files, in their order: tells a checkout of another commit. */
  sha256(...paths) {
    const hash = createHash('sha256');
    for (const path of paths) hash.update(this.text(path));
    return hash.digest('hex');
  }

  /** The exports of a module. `globals` are names that it finds around it. */
  load(path, globals = {}) {
    const known = this.#modules.get(path);
    if (known) return known;
    const exports = {};
    this.#modules.set(path, exports);
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(this.text(`${path}.ts`), {
      compilerOptions: { ...options, esModuleInterop: true },
    });
    const require = (wanted) => this.load(this.#resolve(path, wanted));
    const names = ['exports', 'require', ...Object.keys(globals)];
    const filename = join(this.folder, `${path}.ts`);
    const run = compileFunction(outputText, names, { filename });
    run(exports, require, ...Object.values(globals));
    return exports;
  }

  #resolve(from, wanted) {
    const path = relative('.', join(dirname(from), wanted));
    if (!wanted.startsWith('.') || path.startsWith('..')) {
      throw new Refusal(`${from}.ts wants ${wanted}, which is not part of the checkout.`);
    }
    return path;
  }
}
