import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { accept, type FieldFault, refuse, type Result } from '#libs/problems';
import { isWithinDepth, LIMITS } from '#libs/rules';
import { faultOf, pathOf } from './shape-faults.js';

/** A hundred pages of rules fit in a tenth of this. */
export const MOST_BYTES = 1024 * 1024;
/** Far above the depth of any document, far below what would exhaust a parser's stack. */
const MAX_TEXT_DEPTH = 64;
const MAX_FAULTS = 100;

/** A text that was read, and where its parts stand in it. */
export interface YamlText {
  readonly value: unknown;
  /** The line of a place given by its JSON pointer. */
  readonly lineOf: (pointer: string) => string;
  /** From where to where a value stands, as it is written with its quotes; null when it does not. */
  readonly spanOf: (pointer: string) => TextSpan | null;
}

/** Places in a text, counted in UTF-16 code units as JavaScript does. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Reads YAML that nobody vouches for. Size and depth are limited before anything is parsed. */
export function readYaml(text: string): Result<YamlText> {
  if (Buffer.byteLength(text) > MOST_BYTES) return refuseTooLarge();
  if (textDepth(text) > MAX_TEXT_DEPTH) return tooDeep();
  const lines = new LineCounter();
  const parsed = parse(text, lines);
  if (!parsed.ok) return parsed;
  const { tree, value } = parsed.value;
  if (!isWithinDepth(value, LIMITS.depth)) return tooDeep();
  return accept({
    value,
    lineOf: (pointer) => lineAt(tree, lines, pointer),
    spanOf: (pointer) => spanOf(tree.getIn(pathOf(pointer), true)),
  });
}

/** The form that a text must have, by a JSON Schema. */
export class Shape {
  readonly #validate: ValidateFunction;

  constructor(schema: object) {
    const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
    this.#validate = ajv.compile(schema);
  }

  /** Refuses with every fault, its path and line; nothing when the form is right. */
  check({ value, lineOf }: YamlText): Result<void> {
    if (this.#validate(value)) return accept(undefined);
    const errors = (this.#validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    return refuse('rulebook-invalid', {}, { faults: shapeFaults(errors, lineOf) });
  }
}

/** Adds to each fault of a refusal the line of its place. */
export function withLines<T>(result: Result<T>, { lineOf }: YamlText): Result<T> {
  if (result.ok || !result.problem.faults) return result;
  const faults = result.problem.faults.map((fault) => ({
    ...fault,
    params: { ...fault.params, line: lineOf(fault.pointer) },
  }));
  return { ok: false, problem: { ...result.problem, faults } };
}

/** Refuses a text that nobody should have to read. */
export function refuseTooLarge(): Result<never> {
  return refuse('rulebook-too-large', { limit: `${MOST_BYTES / 1024} KiB` });
}

function tooDeep(): Result<never> {
  return refuse('rulebook-too-deep', { limit: String(LIMITS.depth) });
}

/** How deep brackets or leading dashes nest, counted without recursion; texts in quotes are skipped. */
function textDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const line of text.split('\n')) {
    const [dashes] = /^(?:\s*[-?](?=\s))*/.exec(line) ?? [''];
    deepest = Math.max(deepest, dashes.replace(/\s/g, '').length);
    for (const character of line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '')) {
      if (character === '[' || character === '{') depth += 1;
      if (character === ']' || character === '}') depth -= 1;
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
}

function parse(text: string, lines: LineCounter): Result<{ tree: Document; value: unknown }> {
  try {
    const tree = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const [error] = tree.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      const params = { line: String(line), column: String(col), reason: error.message };
      return refuse('rulebook-unreadable', params);
    }
    return accept({ tree, value: tree.toJS({ maxAliasCount: 100 }) });
  } catch (error) {
    // The parser recurses and limits aliases by throwing; both are faults of the text, not of ours.
    if (error instanceof RangeError) return tooDeep();
    if (error instanceof ReferenceError) {
      return refuse('rulebook-unreadable', { line: '1', column: '1', reason: error.message });
    }
    throw error;
  }
}

function shapeFaults(
  errors: readonly ErrorObject[],
  lineOf: (pointer: string) => string,
): FieldFault[] {
  return errors.slice(0, MAX_FAULTS).map((error) => faultOf(error, lineOf(error.instancePath)));
}

/** The line of a place in the text; of something missing, the line of what it is missing from. */
function lineAt(tree: Document, lines: LineCounter, pointer: string): string {
  for (let path = pathOf(pointer); path.length > 0; path = path.slice(0, -1)) {
    const node: unknown = tree.getIn(path, true);
    const span = spanOf(node);
    if (span) return String(lines.linePos(span.start).line);
  }
  return '1';
}

function spanOf(node: unknown): TextSpan | null {
  if (node === null || typeof node !== 'object' || !('range' in node)) return null;
  if (!Array.isArray(node.range)) return null;
  return { start: Number(node.range[0]), end: Number(node.range[1]) };
}
