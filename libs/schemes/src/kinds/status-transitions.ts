import type { Text } from '#libs/problems';
import { canonicalJson, type Checker } from '#libs/rules';
import {
  closed,
  ID,
  LINE,
  list,
  record,
  type SchemeAnswer,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** Which changes of a status are legal, on which event and under which facts (R24, R54). */
export interface TransitionsDocument extends SchemeDocument {
  readonly states: readonly { readonly id: string; readonly title: Text }[];
  /** States that may come first. */
  readonly start: readonly string[];
  /** The event that is meant when a message names none. */
  readonly missing?: string;
  readonly transitions: readonly Transition[];
  /** What to do with everything else: a person looks at it, or it is refused. */
  readonly otherwise: 'flag' | 'refuse';
}

export interface Transition {
  readonly id: string;
  readonly title: Text;
  readonly from: readonly string[];
  readonly event: string;
  /** Facts that must have one of these values. */
  readonly if?: Readonly<Record<string, readonly string[]>>;
  readonly to: string;
  /** What the change gives besides, for example a certificate. */
  readonly gives?: readonly string[];
}

export interface TransitionGiven {
  readonly from?: string;
  readonly event?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** What every document of transitions has; kinds that build on them add their own members. */
export const TRANSITION_MEMBERS = {
  states: list(closed({ id: ID, title: TEXT }), 100),
  start: list(ID, 100),
  missing: ID,
  transitions: list(
    closed({
      id: ID,
      title: TEXT,
      from: list(ID, 100),
      event: ID,
      'if?': record(list(LINE, 50)),
      to: ID,
      'gives?': list(ID, 20),
    }),
    500,
  ),
  otherwise: { enum: ['flag', 'refuse'] },
} as const;
export const TRANSITION_GIVEN = closed({ 'from?': ID, 'event?': ID, 'facts?': record(LINE) });
export const TRANSITION_ANSWERS = ['verdict', 'to', 'by', 'gives'] as const;

export const statusTransitions = schemeKind<TransitionsDocument, TransitionGiven>({
  kind: 'status-transitions',
  members: TRANSITION_MEMBERS,
  required: ['states', 'start', 'transitions', 'otherwise'],
  given: TRANSITION_GIVEN,
  answers: TRANSITION_ANSWERS,
  check: checkTransitions,
  decide: decideTransition,
  explain: explainTransitions,
});

/** The states and the ways between them in sentences. */
export function explainTransitions(document: TransitionsDocument): Text[] {
  const { states, start, missing, transitions, otherwise } = document;
  const name = (id: string, language: keyof Text): string =>
    states.find((state) => state.id === id)?.title[language] ?? id;
  const names = (ids: readonly string[], language: keyof Text): string =>
    ids.map((id) => name(id, language)).join(language === 'en' ? ' or ' : '或');
  const said = missing === undefined ? [] : [SAID_MISSING(missing, name)];
  return [
    {
      en: `It begins as ${names(start, 'en')}.`,
      zh: `初始状态：${names(start, 'zh')}。`,
    },
    ...said,
    ...transitions.map((transition) => ({
      en: `${transition.title.en}: ${names(transition.from, 'en')} → ${name(transition.to, 'en')}${conditions(transition)}.`,
      zh: `${transition.title.zh}：${names(transition.from, 'zh')} → ${name(transition.to, 'zh')}${conditions(transition)}。`,
    })),
    OTHERWISE[otherwise],
  ];
}

const OTHERWISE: Readonly<Record<'flag' | 'refuse', Text>> = {
  flag: { en: 'Every other change is flagged for a person.', zh: '其他变化均需人工核查。' },
  refuse: { en: 'Every other change is refused.', zh: '其他变化均不允许。' },
};

function SAID_MISSING(missing: string, name: (id: string, language: keyof Text) => string): Text {
  return {
    en: `A message that says nothing means ${name(missing, 'en')}.`,
    zh: `未写明状态时视为${name(missing, 'zh')}。`,
  };
}

function conditions({ if: wanted = {} }: Transition): string {
  const parts = Object.entries(wanted).map(([fact, values]) => `${fact} = ${values.join(' | ')}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Refuses states that are not there, and two transitions between which chance would choose. */
export function checkTransitions(document: TransitionsDocument, check: Checker): void {
  const { states, start, transitions, examples } = document;
  const ids = states.map(({ id }) => id);
  check.unique('/states', ids);
  check.unique(
    '/transitions',
    transitions.map(({ id }) => id),
  );
  start.forEach((id, at) => check.known(`/start/${at}`, id, ids));
  transitions.forEach(({ from, to }, index) => {
    from.forEach((id, at) => check.known(`/transitions/${index}/from/${at}`, id, ids));
    check.known(`/transitions/${index}/to`, to, ids);
  });
  // Two transitions for one state, event and facts: which of them happens would be chance.
  check.uniquePlaces(
    transitions.flatMap(({ from, event, if: wanted = {} }, index) =>
      from.map((state) => ({
        name: canonicalJson([state, event, wanted]),
        pointer: `/transitions/${index}/from`,
      })),
    ),
  );
  examples.forEach(({ given }, index) => {
    const { from } = given as TransitionGiven;
    if (from !== undefined) check.known(`/examples/${index}/given/from`, from, ids);
  });
}

/** What becomes of a status on an event, under the facts given. */
export function decideTransition(
  { start, missing, transitions, otherwise }: TransitionsDocument,
  { from, event = missing, facts = {} }: TransitionGiven,
): SchemeAnswer {
  const other = { verdict: otherwise === 'flag' ? 'flagged' : 'refused', to: from ?? 'none' };
  if (event === undefined) return { ...other, by: 'none', gives: 'none' };
  if (from === undefined) {
    const isLegal = start.includes(event);
    return isLegal
      ? { verdict: 'allowed', to: event, by: 'start', gives: 'none' }
      : { ...other, by: 'none', gives: 'none' };
  }
  if (from === event) return { verdict: 'unchanged', to: from, by: 'none', gives: 'none' };
  const found = transitions.find(
    (transition) =>
      transition.event === event &&
      transition.from.includes(from) &&
      Object.entries(transition.if ?? {}).every(([fact, values]) =>
        values.includes(facts[fact] ?? ''),
      ),
  );
  if (!found) return { ...other, by: 'none', gives: 'none' };
  return {
    verdict: 'allowed',
    to: found.to,
    by: found.id,
    gives: found.gives?.join(', ') ?? 'none',
  };
}
