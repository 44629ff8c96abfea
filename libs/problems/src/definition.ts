/** A text in the two languages that every page, answer and file of this service speaks. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Language = keyof Text;

/**
 * One kind of refusal. `status` is the HTTP status it has when it answers a whole request,
 * `title` names it, `change` says what the caller should change. `{name}` stands for a parameter.
 */
export interface ProblemDefinition {
  readonly status: number;
  readonly title: Text;
  readonly change: Text;
}
