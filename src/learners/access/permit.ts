import type { PersonField } from './reading.js';

/**
 * The only thing against which the vault opens a person's data. The access log issues one when it has
 * written the read down, so that nothing is read that the person cannot see was read.
 */
export class Permit {
  readonly #fields: ReadonlySet<PersonField>;

  private constructor(
    readonly learnerId: string,
    fields: Iterable<PersonField>,
  ) {
    this.#fields = new Set(fields);
  }

  /** For the access log alone; `test/boundaries.spec.ts` looks that nobody else calls it. */
  static issue(learnerId: string, fields: Iterable<PersonField>): Permit {
    return new Permit(learnerId, fields);
  }

  allows(field: PersonField): boolean {
    return this.#fields.has(field);
  }
}
