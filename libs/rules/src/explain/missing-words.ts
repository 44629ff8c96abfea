import type { Text } from '#libs/problems';
import { COMMA, join, put, same } from '../describe/words.js';
import type { Change } from '../types.js';
import { type DecisionNames, sayAll } from './decision-names.js';
import { CHANGES } from './sentences.js';
import { closeUp, sayWanted } from './wanted.js';

/** Says a list of changes, each new outcome with everything it has to be. */
export function sayChanges(changes: readonly Change[], names: DecisionNames): Text[] {
  return groupsOf(changes).map(([head, ...others]) => {
    if (!head) return same('');
    const like = others.map((other) => sayChange(other, names));
    if (like.length === 0) return sayChange(head, names);
    const parts = { what: sayChange(head, names), like: join(like, COMMA) };
    return put({ en: '{what}: {like}', zh: '{what}：{like}' }, parts);
  });
}

/** Changes of one new outcome together; every other change by itself. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const { newOutcome } = change;
    const last = groups.at(-1);
    const isSame = newOutcome !== undefined && last?.[0]?.newOutcome === newOutcome;
    if (last && isSame) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function sayChange(change: Change, names: DecisionNames): Text {
  const { kind, lot, wanted, read, outcomes } = change;
  const now =
    read === null
      ? same('')
      : put({ en: ' (now {read})', zh: '（现为 {read}）' }, { read: same(read) });
  const during =
    change.period === undefined
      ? same('')
      : put({ en: ' in {period}', zh: '（{period}）' }, { period: same(change.period) });
  const of =
    lot === null ? same('') : put({ en: ' for {lot}', zh: '（{lot}）' }, { lot: same(lot) });
  const isMore = wanted.startsWith('+ ') && (kind === 'hours' || kind === 'credits');
  const what = put(isMore ? MORE[kind] : CHANGES[kind], {
    wanted: kind === 'recognised' ? names.course(wanted) : sayWanted(kind, wanted, change, names),
    names: outcomes.length > 0 ? sayAll(outcomes, names.outcome, same(' / ')) : unnamedOf(change),
  });
  return closeUp(join([what, of, during, now], same('')));
}

/** An outcome of any code: what it is like is said after it, where it is said at all. */
function unnamedOf({ newOutcome, wanted }: Change): Text {
  const isSaid = newOutcome === undefined && wanted !== '';
  return isSaid ? same(wanted) : { en: 'an outcome', zh: '一项成果' };
}

const MORE = {
  hours: { en: '{wanted} more hours', zh: '另需 {wanted} 学时' },
  credits: { en: '{wanted} more credits', zh: '另需 {wanted} 学分' },
} as const satisfies Partial<Record<Change['kind'], Text>>;
