import { readFileSync } from 'node:fs';
import type { Problem, Result } from '#libs/problems';
import type { CompiledRulebook } from '#libs/rules';
import type { CompiledScheme } from '#libs/schemes';
import { DocumentReader } from './read-document.js';
import { SchemeReader } from './read-scheme.js';
import { readYaml, type YamlText } from './yaml-text.js';

/** A rule file that was read: a rulebook of a programme, or a scheme. */
export type RuleFile =
  | { readonly format: 'rulebook'; readonly rulebook: CompiledRulebook; readonly yaml: YamlText }
  | { readonly format: 'scheme'; readonly scheme: CompiledScheme; readonly yaml: YamlText };

/** Reads rule files of every format; the member `format` tells which. */
export class RuleFileReader {
  readonly #rulebooks: DocumentReader;
  readonly #schemes = new SchemeReader();

  /** @param schemaFile path of `rulebooks/schema/rulebook-1.schema.json` */
  constructor(schemaFile: string) {
    this.#rulebooks = new DocumentReader(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  }

  read(text: string): Result<RuleFile> {
    const opened = readYaml(text);
    if (!opened.ok) return opened;
    const yaml = opened.value;
    if (!isScheme(yaml.value)) {
      const read = this.#rulebooks.readOpened(yaml);
      return read.ok
        ? { ok: true, value: { format: 'rulebook', rulebook: read.value, yaml } }
        : read;
    }
    const read = this.#schemes.readOpened(yaml);
    return read.ok ? { ok: true, value: { format: 'scheme', scheme: read.value, yaml } } : read;
  }
}

function isScheme(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const format: unknown = Reflect.get(value, 'format');
  return typeof format === 'string' && format.startsWith('credit-bank-scheme/');
}

/** A problem in one line for each fault; see `libs/problems` for its texts. */
export function faultsOf(problem: Problem): NonNullable<Problem['faults']> {
  return problem.faults ?? [{ pointer: '', code: problem.code, params: problem.params }];
}
