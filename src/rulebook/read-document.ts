import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { accept, type FieldFault, refuse, type Result } from '#libs/problems';
import {
  type CompiledRulebook,
  compileRulebook,
  isWithinDepth,
  LIMITS,
  type RulebookDocument,
} from '#libs/rules';
import { faultOf, pathOf } from './shape-faults.js';

/** A hundred pages of rules fit in a tenth of this. */
const MAX_BYTES = 1024 * 1024;
/** Far above the depth of any document, far below what would exhaust a parser's stack. */
const MAX_TEXT_DEPTH = 64;
const MAX_FAULTS = 100;

/** Reads rule documents: YAML text, shape by the published JSON Schema, meaning by the compiler. */
export class DocumentReader {
  readonly #validate: ValidateFunction;

  /** @param schema the content of `rulebooks/schema/rulebook-1.schema.json` */
  constructor(schema: object) {
    const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
    this.#validate = ajv.compile(schema);
  }

  /**
   * Reads and compiles a document. Every fault has the path of its place and, in `params.line`, the
   * line in the text. Size and depth are limited before anything is parsed.
   */
  read(text: string): Result<CompiledRulebook> {
    if (Buffer.byteLength(text) > MAX_BYTES) {
      return refuse('rulebook-too-large', { limit: `${MAX_BYTES / 1024} KiB` });
    }
    if (textDepth(text) > MAX_TEXT_DEPTH) return tooDeep();
    const lines = new LineCounter();
    const parsed = parse(text, lines);
    if (!parsed.ok) return parsed;
    const { tree, value } = parsed.value;
    if (!isWithinDepth(value, LIMITS.depth)) return tooDeep();
    const lineOf = (pointer: string): string => lineAt(tree, lines, pointer);
    if (!this.#validate(value)) {
      const errors = (this.#validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
      return refuse('rulebook-invalid', {}, { faults: shapeFaults(errors, lineOf) });
    }
    const compiled = compileRulebook(value as RulebookDocument);
    if (compiled.ok || !compiled.problem.faults) return compiled;
    const faults = compiled.problem.faults.map((fault) => withLine(fault, lineOf));
    return { ok: false, problem: { ...compiled.problem, faults } };
  }

  /** From a JSON pointer to the line of its place, in a text that {@link read} accepted. */
  linesOf(text: string): (pointer: string) => number {
    const lines = new LineCounter();
    const parsed = parse(text, lines);
    if (!parsed.ok) return () => 1;
    return (pointer) => Number(lineAt(parsed.value.tree, lines, pointer));
  }
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

function withLine(fault: FieldFault, lineOf: (pointer: string) => string): FieldFault {
  return { ...fault, params: { ...fault.params, line: lineOf(fault.pointer) } };
}

/** The line of a place in the text; of something missing, the line of what it is missing from. */
function lineAt(tree: Document, lines: LineCounter, pointer: string): string {
  for (let path = pathOf(pointer); path.length > 0; path = path.slice(0, -1)) {
    const node: unknown = tree.getIn(path, true);
    const start = rangeStart(node);
    if (start !== undefined) return String(lines.linePos(start).line);
  }
  return '1';
}

function rangeStart(node: unknown): number | undefined {
  if (node === null || typeof node !== 'object' || !('range' in node)) return undefined;
  return Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}
