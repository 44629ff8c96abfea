import type { PathwayStage } from '#libs/schemes';
import { type Pathway, stageOf } from './pathway.js';

export const JOINED = 'joined';
/** Takes a gate back whose evidence no longer stands. */
export const REOPENED = 'reopening';

/** One event of a learner in a pathway, as it was written; it is never changed. */
export interface PathwayEvent {
  readonly seq: number;
  /** `joined`, or an event of the pathway's transitions. */
  readonly event: string;
  readonly gate: string | null;
  readonly verdict: 'passed' | 'failed' | null;
  /** Null for the first. */
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly gives: readonly string[];
  /** Code of the new major. */
  readonly major: string | null;
  /** Lots on which it rests. */
  readonly evidence: readonly string[];
  /** The day that counts: of the examination, or of the event. */
  readonly day: string;
}

export type StageState = 'done' | 'here' | 'ahead' | 'closed';

/** Where a learner stands: a fold of the events. */
export interface Position {
  readonly state: string;
  /** Null where nothing is studied: left or completed. */
  readonly stage: PathwayStage | null;
  readonly stages: readonly { readonly stage: PathwayStage; readonly state: StageState }[];
  /** Certificates and rights that the transitions gave and nothing took back. */
  readonly gives: readonly string[];
  readonly major: string | null;
  /** Whether anything can still follow. */
  readonly isOpen: boolean;
  /** The last judgement at each gate that was not reopened. */
  readonly gates: readonly PathwayEvent[];
  /** Judgements some of whose evidence was taken back: to be looked at again. */
  readonly lookAgain: readonly { readonly event: PathwayEvent; readonly lots: readonly string[] }[];
}

/**
 * Folds the events of one enrolment, in their order, into a position. Throws for events that do not
 * follow on each other: they are written under a lock, so that would be a bug.
 *
 * @param revoked lots that are taken back today
 */
export function positionOf(
  pathway: Pathway,
  events: readonly PathwayEvent[],
  revoked: ReadonlySet<string>,
): Position {
  const [first] = events;
  if (!first || first.event !== JOINED) throw new Error('a pathway begins with joining it');
  let state = first.to;
  let major: string | null = null;
  let gates: PathwayEvent[] = [];
  let path: PathwayEvent[] = [first];
  for (const event of events.slice(1)) {
    if (event.from !== state) throw new Error(`event ${event.seq} does not follow on ${state}`);
    if (event.event === REOPENED) {
      // Everything from the gate on that is no longer sure counts no more.
      const at = path.findIndex((one) => one.from === event.to && one.to !== one.from);
      const undone = at < 0 ? [] : path.slice(at);
      path = at < 0 ? path : path.slice(0, at);
      gates = gates.filter((gate) => !undone.includes(gate) && gate.from !== event.to);
    } else {
      path.push(event);
      if (event.gate !== null) gates = [...gates.filter(({ gate }) => gate !== event.gate), event];
      major = event.major ?? major;
    }
    state = event.to;
  }
  return {
    state,
    stage: stageOf(pathway, state) ?? null,
    stages: stagesOf(pathway, path, state),
    gives: [...new Set(path.flatMap(({ gives }) => gives))],
    major,
    isOpen: pathway.document.transitions.some(({ from }) => from.includes(state)),
    gates,
    lookAgain: gates.flatMap((event) => {
      const lots = event.evidence.filter((lot) => revoked.has(lot));
      return lots.length === 0 ? [] : [{ event, lots }];
    }),
  };
}

/** What lies behind her is done, what she can no longer reach is closed. */
function stagesOf(
  pathway: Pathway,
  path: readonly PathwayEvent[],
  state: string,
): Position['stages'] {
  const { stages } = pathway.document;
  const passed = new Set(
    path.flatMap(({ from, to, verdict }) =>
      from !== null && from !== to && verdict === 'passed' ? [from] : [],
    ),
  );
  const here = stages.findIndex((stage) => stage.state === state);
  const hasCertificate = (stage: PathwayStage): boolean =>
    path.some(({ from, to, gives }) => from === stage.state && to !== from && gives.length > 0);
  return stages.map((stage, at) => {
    if (at === here) return { stage, state: 'here' };
    if (passed.has(stage.state) || hasCertificate(stage)) return { stage, state: 'done' };
    return { stage, state: here >= 0 && at > here ? 'ahead' : 'closed' };
  });
}
