import type { FieldFault, Result } from '#libs/problems';
import { type CompiledRulebook, compileRulebook, type RulebookDocument } from '#libs/rules';
import { readYaml, Shape, withLines, type YamlText } from './yaml-text.js';

/** Words that stand where an id stands in `/v1/rules/…`: a regulation of that name could not be read. */
const RESERVED: readonly string[] = ['drafts'];

/** Reads rule documents: YAML text, shape by the published JSON Schema, meaning by the compiler. */
export class DocumentReader {
  readonly #shape: Shape;

  /** @param schema the content of `rulebooks/schema/rulebook-1.schema.json` */
  constructor(schema: object) {
    this.#shape = new Shape(schema);
  }

  /**
   * Reads and compiles a document. Every fault has the path of its place and, in `params.line`, the
   * line in the text.
   */
  read(text: string): Result<CompiledRulebook> {
    const yaml = readYaml(text);
    return yaml.ok ? this.readOpened(yaml.value) : yaml;
  }

  /** As {@link read}, of a text that was opened before. */
  readOpened(yaml: YamlText): Result<CompiledRulebook> {
    const shape = this.#shape.check(yaml);
    if (!shape.ok) return shape;
    const document = yaml.value as RulebookDocument;
    const compiled = RESERVED.includes(document.id)
      ? reserved(document.id)
      : compileRulebook(document);
    return withLines(compiled, yaml);
  }

  /** The text as YAML, whatever it says; undefined when it cannot be read at all. */
  open(text: string): YamlText | undefined {
    const yaml = readYaml(text);
    return yaml.ok ? yaml.value : undefined;
  }

  /** From a JSON pointer to the line of its place, in a text that {@link read} accepted. */
  linesOf(text: string): (pointer: string) => number {
    const yaml = readYaml(text);
    return yaml.ok ? (pointer) => Number(yaml.value.lineOf(pointer)) : () => 1;
  }
}

function reserved(id: string): Result<never> {
  const fault: FieldFault = { pointer: '/id', code: 'rulebook-reserved-id', params: { id } };
  return { ok: false, problem: { code: 'rulebook-invalid', faults: [fault] } };
}
