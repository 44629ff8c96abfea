import type { Millicredits, PartialDate } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  type CompiledScheme,
  decideScheme,
  type PathwayDocument,
  type PathwayStage,
  STAGED_PATHWAY,
} from '#libs/schemes';

/** A pathway whose document was checked: a scheme of the kind `staged-pathway`. */
export interface Pathway {
  readonly scheme: CompiledScheme;
  readonly document: PathwayDocument;
}

/** One outcome of a learner as far as a pathway looks at it; what was taken back is not among them. */
export interface PathwayOutcome {
  readonly lotId: string;
  readonly code: string;
  /** Code of the institution that posted it. */
  readonly institution: string;
  readonly category: string;
  readonly completedOn: PartialDate;
  /** Null: a grade is needed to tell, and nobody knows it. */
  readonly passed: boolean | null;
  readonly credits: Millicredits;
}

/** What the rules of a pathway say of an event. */
export interface Change {
  readonly allowed: boolean;
  readonly to: string;
  /** Id of the transition; `start` for a beginning, `none` where nothing is allowed. */
  readonly by: string;
  readonly gives: readonly string[];
}

/** The pathway of a scheme; undefined for a scheme of another kind. */
export function pathwayOf(scheme: CompiledScheme): Pathway | undefined {
  if (scheme.document.kind !== STAGED_PATHWAY) return undefined;
  return { scheme, document: scheme.document as PathwayDocument };
}

/**
 * What becomes of a position on an event, by the one interpreter of transitions.
 *
 * @param from the state; null for somebody who is not in the pathway, whose event is the first state
 */
export function changeOf(
  { scheme }: Pathway,
  from: string | null,
  event: string,
  facts: Readonly<Record<string, string>> = {},
): Change {
  const answer = decideScheme(scheme, { ...(from === null ? {} : { from }), event, facts });
  const gives = answer['gives'] ?? 'none';
  return {
    allowed: answer['verdict'] === 'allowed',
    to: answer['to'] ?? 'none',
    by: answer['by'] ?? 'none',
    gives: gives === 'none' ? [] : gives.split(', '),
  };
}

/** The stage that is studied in a state; undefined for a state in which nothing is studied. */
export function stageOf({ document }: Pathway, state: string): PathwayStage | undefined {
  return document.stages.find((stage) => stage.state === state);
}

export function titleOf({ document }: Pathway, state: string): Text {
  return document.states.find(({ id }) => id === state)?.title ?? { zh: state, en: state };
}

/** Codes of the institutions of the stages, each once: who sends first, who receives then. */
export function institutionsOf({ document }: Pathway): string[] {
  return [...new Set(document.stages.map(({ institution }) => institution))];
}

/** Facts that some transition of a state and event asks for. */
export function factsAsked({ document }: Pathway, from: string, event: string): Set<string> {
  const asked = document.transitions
    .filter((transition) => transition.event === event && transition.from.includes(from))
    .flatMap((transition) => Object.keys(transition.if ?? {}));
  return new Set(asked);
}

/** By the last day that its date can mean, then by id: "the last" is always the same one. */
export function inOrder(
  a: Pick<PathwayOutcome, 'completedOn' | 'lotId'>,
  b: Pick<PathwayOutcome, 'completedOn' | 'lotId'>,
): number {
  if (a.completedOn !== b.completedOn) return a.completedOn < b.completedOn ? -1 : 1;
  return a.lotId < b.lotId ? -1 : 1;
}
