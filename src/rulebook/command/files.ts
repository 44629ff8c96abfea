import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '#libs/problems';
import { type RuleFile, RuleFileReader } from '../documents.js';
import { MOST_BYTES, refuseTooLarge } from '../yaml-text.js';

/** One file that was asked for: read, or with what is wrong. */
export interface NamedFile {
  /** As it was given, or below the folder that was given. */
  readonly name: string;
  readonly file: RuleFile | null;
  readonly problem: Problem | null;
}

/** A path that does not lead to a file: the command could not do its work. */
export class NoSuchFile extends Error {}

/**
 * Reads rule files. A folder stands for every `.yaml` below it.
 *
 * @param schemaFile path of `rulebooks/schema/rulebook-1.schema.json`
 */
export function readFiles(paths: readonly string[], schemaFile: string): NamedFile[] {
  const reader = readerFor(schemaFile);
  return paths.flatMap(filesOf).map((name) => {
    // What is too large is refused before it is in memory.
    const isTooLarge = statSync(name).size > MOST_BYTES;
    const read = isTooLarge ? refuseTooLarge() : reader.read(readFileSync(name, 'utf8'));
    return read.ok
      ? { name, file: read.value, problem: null }
      : { name, file: null, problem: read.problem };
  });
}

/** A schema takes longer to compile than a document to read. */
const readers = new Map<string, RuleFileReader>();

function readerFor(schemaFile: string): RuleFileReader {
  const reader = readers.get(schemaFile) ?? new RuleFileReader(schemaFile);
  readers.set(schemaFile, reader);
  return reader;
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new NoSuchFile(`${path}: there is no such file.`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => relative('.', join(path, name)))
    .toSorted();
}
