import type { Result } from '#libs/problems';
import {
  type CompiledScheme,
  compileScheme,
  type SchemeDocument,
  schemeSchema,
} from '#libs/schemes';
import { readYaml, Shape, withLines, type YamlText } from './yaml-text.js';

/** Reads schemes: YAML text, shape by the schema of their kind, meaning by the kind itself. */
export class SchemeReader {
  readonly #shape = new Shape(schemeSchema());

  read(text: string): Result<CompiledScheme> {
    const yaml = readYaml(text);
    return yaml.ok ? this.readOpened(yaml.value) : yaml;
  }

  /** As {@link read}, of a text that was opened before. */
  readOpened(yaml: YamlText): Result<CompiledScheme> {
    const shape = this.#shape.check(yaml);
    if (!shape.ok) return shape;
    return withLines(compileScheme(yaml.value as SchemeDocument), yaml);
  }
}
