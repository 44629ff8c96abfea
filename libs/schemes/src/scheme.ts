import type { FieldFault, Text } from '#libs/problems';
import { Checker } from '#libs/rules';

/**
 * A document of format `credit-bank-scheme/1`: a rule of the field that converts nothing (demerits of
 * a provider, legal changes of a status, the size of a panel) and is still written, versioned,
 * explained and tested by its own examples like a rulebook. What it can say follows from its `kind`.
 */
export interface SchemeDocument {
  readonly format: 'credit-bank-scheme/1';
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly basis: readonly {
    readonly text: string;
    readonly clause?: string;
    readonly url?: string;
  }[];
  readonly examples: readonly SchemeExample<unknown>[];
}

/** A worked example: what is given, and the members of the answer that are expected. */
export interface SchemeExample<Given> {
  readonly name: string;
  readonly covers?: readonly string[];
  readonly given: Given;
  readonly expect: SchemeAnswer;
}

/** What a scheme says of a case: texts by name. A list is joined by `, `. */
export type SchemeAnswer = Readonly<Record<string, string>>;

/** A JSON Schema, as far as kinds write one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a kind is made of; see `kinds/` for one file each. */
export interface SchemeKindOf<Document extends SchemeDocument, Given> {
  readonly kind: string;
  /** Members of the document besides those that every scheme has, and which of them are needed. */
  readonly members: { readonly [name: string]: JsonSchema };
  readonly required: readonly string[];
  /** The case an example gives. */
  readonly given: JsonSchema;
  /** Names of the members that an answer can have. */
  readonly answers: readonly string[];
  /** Refuses what a schema cannot see. Examples are checked too: a case may name what is not there. */
  readonly check: (document: Document, check: Checker) => void;
  readonly decide: (document: Document, given: Given) => SchemeAnswer;
  /** The rule in sentences. */
  readonly explain: (document: Document) => readonly Text[];
}

/** A kind whose own types are hidden: its schema is what makes a document fit it. */
export interface SchemeKind {
  readonly kind: string;
  readonly schema: JsonSchema;
  readonly check: (document: SchemeDocument) => readonly FieldFault[];
  readonly decide: (document: SchemeDocument, given: unknown) => SchemeAnswer;
  readonly explain: (document: SchemeDocument) => readonly Text[];
}

/** Hides the types of one kind and adds the members that every scheme has. */
export function schemeKind<Document extends SchemeDocument, Given>(
  kind: SchemeKindOf<Document, Given>,
): SchemeKind {
  return {
    kind: kind.kind,
    schema: closed(
      {
        format: { const: 'credit-bank-scheme/1' },
        kind: { const: kind.kind },
        ...COMMON,
        ...kind.members,
        examples: list(
          closed({
            name: LINE,
            'covers?': list({ type: 'string', pattern: '^R[0-9]{2}$', examples: ['R49'] }),
            given: kind.given,
            expect: closed(
              Object.fromEntries(kind.answers.map((name) => [`${name}?`, { type: 'string' }])),
            ),
          }),
        ),
      },
      kind.required,
    ),
    check: (document) => {
      const check = new Checker();
      kind.check(document as Document, check);
      return check.faults;
    },
    decide: (document, given) => kind.decide(document as Document, given as Given),
    explain: (document) => kind.explain(document as Document),
  };
}

/**
 * An object of exactly these members; a name that ends in `?` may be left out.
 *
 * @param required where given, the members that may not be left out besides those of every scheme
 */
export function closed(
  members: { readonly [name: string]: JsonSchema },
  required?: readonly string[],
): JsonSchema {
  const names = Object.keys(members).filter((name) => !name.endsWith('?'));
  const bare = Object.entries(members).map(([name, schema]) => [name.replace('?', ''), schema]);
  const needed = required ? [...ALWAYS, ...required] : names;
  return {
    type: 'object',
    additionalProperties: false,
    required: needed,
    properties: Object.fromEntries(bare) as JsonSchema,
  };
}

export function list(items: JsonSchema, maxItems = 1000): JsonSchema {
  return { type: 'array', items, minItems: 1, maxItems };
}

/** An object whose member names are free. */
export function record(values: JsonSchema): JsonSchema {
  return { type: 'object', minProperties: 1, maxProperties: 100, additionalProperties: values };
}

export const LINE: JsonSchema = { type: 'string', minLength: 1, maxLength: 300 };
export const ID: JsonSchema = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9./-]{0,79}$',
  description: 'lower-case letters, digits, hyphen, dot and slash',
  examples: ['may-not-apply'],
};
export const TEXT: JsonSchema = {
  ...closed({ zh: LINE, en: LINE }),
  description: 'the same text in Chinese and in English',
  examples: [{ zh: '暂停', en: 'Suspended' }],
};
export const COUNT: JsonSchema = { type: 'integer', minimum: 0, maximum: 1_000_000_000 };
export const DECIMAL: JsonSchema = {
  type: 'string',
  pattern: '^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,3})?$',
  description: 'a number written as text in quotes, at most three decimals',
  examples: ['0.3'],
};
export const DAY: JsonSchema = {
  type: 'string',
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a day: 2026-09-01',
  examples: ['2026-09-01'],
};

const COMMON = {
  id: ID,
  version: { type: 'integer', minimum: 1, maximum: 100_000 },
  title: TEXT,
  basis: list(closed({ text: LINE, 'clause?': LINE, 'url?': LINE }), 50),
} as const;

const ALWAYS = ['format', 'kind', 'id', 'version', 'title', 'basis', 'examples'];
