import type { Text } from '#libs/problems';
import type { Checker } from '#libs/rules';
import { closed, DECIMAL, ID, LINE, list, schemeKind, TEXT } from '../scheme.js';
import {
  checkTransitions,
  decideTransition,
  explainTransitions,
  TRANSITION_ANSWERS,
  TRANSITION_GIVEN,
  TRANSITION_MEMBERS,
  type TransitionsDocument,
} from './status-transitions.js';

export const STAGED_PATHWAY = 'staged-pathway';

/** 五年制, 三二分段 and other long tracks, as the indicator of passed gates tells them apart. */
export const PATHWAY_KINDS = ['five-year', '3-2', 'long-track'] as const;
export type PathwayKind = (typeof PATHWAY_KINDS)[number];

/**
 * A programme of two or more stages at paired institutions, with gates between them (R54). Its states
 * and transitions are those of `status-transitions`; stages say where a state is studied, gates from
 * which outcomes the facts of an event come, and carries what counts in the next stage.
 */
export interface PathwayDocument extends TransitionsDocument {
  readonly pathway: PathwayKind;
  /** In the order in which they are gone through. */
  readonly stages: readonly PathwayStage[];
  /** Code of the signed agreement of the institutions on which it rests. */
  readonly agreement?: string;
  readonly intakes: readonly { readonly year: number; readonly places: number }[];
  readonly gates: readonly PathwayGate[];
  readonly carries?: readonly PathwayCarry[];
}

export interface PathwayStage {
  readonly state: string;
  /** Code of the institution where it is studied. */
  readonly institution: string;
  readonly years: number;
  /** Code of the programme of the bank that counts credit in this stage. */
  readonly programme?: string;
}

/** An event that is judged by what the ledger holds of a learner. */
export interface PathwayGate {
  readonly id: string;
  readonly title: Text;
  readonly from: string;
  readonly event: string;
  readonly facts: readonly PathwayFact[];
}

/** `passed` or `failed` by one examination, or `met` or `short` by conditions. */
export interface PathwayFact {
  readonly id: string;
  readonly title: Text;
  readonly clause?: string;
  /** Codes of the outcomes any of which is the examination. */
  readonly examination?: readonly string[];
  readonly conditions?: readonly PathwayClause[];
}

/** A total of credit, or a number of outcomes out of some. */
export interface PathwayClause {
  readonly id: string;
  readonly title: Text;
  readonly credits?: string;
  /** Codes; with `credits` they narrow what is added up. */
  readonly of?: readonly string[];
  readonly categories?: readonly string[];
  /** How many of `of` are needed. */
  readonly outcomes?: number;
}

/** What counts in a later stage as it stands, without being booked again. */
export interface PathwayCarry {
  readonly id: string;
  readonly title: Text;
  readonly clause?: string;
  readonly into: string;
  /** Nothing said narrows nothing. */
  readonly categories?: readonly string[];
  readonly of?: readonly string[];
  readonly except?: readonly string[];
  /** Code of the institution whose outcomes it is about. */
  readonly from?: string;
  readonly atMost?: string;
}

/** Facts that follow from the intake, the day and the evidence, in every pathway. */
const GENERAL_FACTS = ['semester', 'year', 'evidence'];

const CODES = list(LINE, 200);
const YEAR = { type: 'integer', minimum: 2000, maximum: 2200 } as const;

export const stagedPathway = schemeKind<PathwayDocument, Parameters<typeof decideTransition>[1]>({
  kind: STAGED_PATHWAY,
  members: {
    ...TRANSITION_MEMBERS,
    pathway: { enum: PATHWAY_KINDS },
    stages: list(
      closed({
        state: ID,
        institution: LINE,
        years: { type: 'integer', minimum: 1, maximum: 10 },
        'programme?': LINE,
      }),
      10,
    ),
    agreement: LINE,
    intakes: list(
      closed({ year: YEAR, places: { type: 'integer', minimum: 1, maximum: 100_000 } }),
      50,
    ),
    gates: list(
      closed({
        id: ID,
        title: TEXT,
        from: ID,
        event: ID,
        facts: list(
          closed({
            id: ID,
            title: TEXT,
            'clause?': LINE,
            'examination?': CODES,
            'conditions?': list(
              closed({
                id: ID,
                title: TEXT,
                'credits?': DECIMAL,
                'of?': CODES,
                'categories?': CODES,
                'outcomes?': { type: 'integer', minimum: 1, maximum: 200 },
              }),
              50,
            ),
          }),
          20,
        ),
      }),
      20,
    ),
    carries: list(
      closed({
        id: ID,
        title: TEXT,
        'clause?': LINE,
        into: ID,
        'categories?': CODES,
        'of?': CODES,
        'except?': CODES,
        'from?': LINE,
        'atMost?': DECIMAL,
      }),
      50,
    ),
  },
  required: [
    'states',
    'start',
    'transitions',
    'otherwise',
    'pathway',
    'stages',
    'intakes',
    'gates',
  ],
  given: TRANSITION_GIVEN,
  answers: TRANSITION_ANSWERS,
  check: checkPathway,
  decide: decideTransition,
  explain: (document) => [
    ...document.stages.map((stage) => explainStage(document, stage)),
    ...explainTransitions(document),
  ],
});

function explainStage(
  { states }: PathwayDocument,
  { state, institution, years }: PathwayStage,
): Text {
  const title = states.find(({ id }) => id === state)?.title;
  return {
    en: `${title?.en ?? state}: ${years} years at ${institution}.`,
    zh: `${title?.zh ?? state}：${years} 年，${institution}。`,
  };
}

function checkPathway(document: PathwayDocument, check: Checker): void {
  checkTransitions(document, check);
  const { stages, gates, intakes, carries = [], transitions } = document;
  const states = document.states.map(({ id }) => id);
  const staged = stages.map(({ state }) => state);
  const events = transitions.map(({ event }) => event);
  check.unique('/stages', staged);
  staged.forEach((state, at) => check.known(`/stages/${at}/state`, state, states));
  check.unique(
    '/gates',
    gates.map(({ id }) => id),
  );
  check.unique(
    '/intakes',
    intakes.map(({ year }) => String(year)),
  );
  check.unique(
    '/carries',
    carries.map(({ id }) => id),
  );
  gates.forEach((gate, at) => {
    check.known(`/gates/${at}/from`, gate.from, staged);
    check.known(`/gates/${at}/event`, gate.event, events);
    check.unique(
      `/gates/${at}/facts`,
      gate.facts.map(({ id }) => id),
    );
    gate.facts.forEach((fact, place) => checkFact(fact, `/gates/${at}/facts/${place}`, check));
  });
  carries.forEach(({ into, atMost }, at) => {
    check.known(`/carries/${at}/into`, into, staged);
    if (atMost !== undefined) check.credits(`/carries/${at}/atMost`, atMost);
  });
  checkAsked(document, check);
}

/** A fact comes from an examination or from conditions, and each condition asks one thing. */
function checkFact(fact: PathwayFact, pointer: string, check: Checker): void {
  const { examination, conditions } = fact;
  if ((examination === undefined) === (conditions === undefined)) {
    check.fault(pointer, 'pathway-fact-of-one');
  }
  conditions?.forEach(({ credits, outcomes, of }, at) => {
    const place = `${pointer}/conditions/${at}`;
    if ((credits === undefined) === (outcomes === undefined)) {
      check.fault(place, 'pathway-clause-of-one');
    }
    if (credits !== undefined) check.credits(`${place}/credits`, credits);
    if (outcomes !== undefined && outcomes > (of ?? []).length) {
      check.fault(`${place}/outcomes`, 'pathway-clause-out-of-reach');
    }
  });
}

/** A transition may only ask for facts that somebody states. */
function checkAsked({ transitions, gates }: PathwayDocument, check: Checker): void {
  transitions.forEach(({ event, if: asked = {} }, at) => {
    const stated = gates
      .filter((gate) => gate.event === event)
      .flatMap(({ facts }) => facts.map(({ id }) => id));
    Object.keys(asked).forEach((fact) =>
      check.known(`/transitions/${at}/if/${fact}`, fact, [...GENERAL_FACTS, ...stated]),
    );
  });
}
