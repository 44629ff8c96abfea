import type { Text } from '#libs/problems';
import type { LotClause, OutcomeSelect } from '../clauses/has.js';
import type { LotTest } from '../clauses/lot-test.js';
import type { Clause, GroupClause } from '../compile/compiled.js';
import { CHANGES } from '../explain/sentences.js';
import { closeUp, sayWanted } from '../explain/wanted.js';
import {
  AND,
  CODES,
  COMMA,
  join,
  LIST,
  type Names,
  OR,
  put,
  same,
  sayCategory,
  SOURCE_WORDS,
} from './words.js';

/** What a condition asks, in words. */
export function describeClause(clause: Clause, names: Names = CODES): Text {
  if ('children' in clause) return describeGroup(clause, names);
  if (clause.op === 'has') return describeLots(clause, names);
  if (clause.op === 'sum') {
    const of = describeLots(clause.of, names);
    return put(
      { en: '{of}, together {wanted}', zh: '{of}，合计{wanted}' },
      { of, wanted: sayWanted('sum', clause.wanted) },
    );
  }
  return join(
    clause.tests.map(({ field, wanted }) =>
      closeUp(put(CHANGES[field], { wanted: sayWanted(field, wanted) })),
    ),
    AND,
  );
}

function describeGroup({ op, needed, children }: GroupClause, names: Names): Text {
  const parts = children.map((child) => {
    const text = describeClause(child, names);
    return 'children' in child ? { en: `(${text.en})`, zh: `（${text.zh}）` } : text;
  });
  if (op === 'all') return join(parts, AND);
  if (op === 'any') return join(parts, OR);
  return put(
    { en: 'at least {needed} of: {list}', zh: '以下至少 {needed} 项：{list}' },
    { needed: same(String(needed)), list: join(parts, { en: '; ', zh: '；' }) },
  );
}

function describeLots({ select, tests, isEvidenceOnly }: LotClause, names: Names): Text {
  const asked = tests.map((test) =>
    closeUp(put(CHANGES[test.field], { wanted: wantedOf(test, names) })),
  );
  const evidence: Text[] = isEvidenceOnly
    ? [{ en: 'which is not used up', zh: '仅作证明，不消耗' }]
    : [];
  return join([describeOutcomes(select, names), ...asked, ...evidence], COMMA);
}

function wantedOf({ field, wanted, finding }: LotTest, names: Names): Text {
  if (field === 'issuer') return join(wanted.split(' | ').map(names.institution), OR);
  return sayWanted(field, wanted, { finding });
}

/** The outcomes a clause speaks of. */
function describeOutcomes(select: OutcomeSelect, names: Names): Text {
  if (select.codes.length > 0) return join(select.codes.map(names.outcome), OR);
  const sources = select.source.map((source) => SOURCE_WORDS[source]);
  const parts = [
    join(sources, OR),
    join(select.kind.map(same), OR),
    ...(select.category.length > 0
      ? [
          put(
            { en: 'of {list}', zh: '（{list}）' },
            { list: join(select.category.map(sayCategory), OR) },
          ),
        ]
      : []),
    ...(select.prefix === null
      ? []
      : [put({ en: 'with code {code}…', zh: '代码 {code}…' }, { code: same(select.prefix) })]),
    ...(select.except.length > 0
      ? [
          put(
            { en: 'except {list}', zh: '除 {list}' },
            { list: join(select.except.map(names.outcome), LIST) },
          ),
        ]
      : []),
  ];
  const text = closeUp(join(parts, { en: ' ', zh: ' ' }));
  return text.en === '' ? { en: 'any outcome', zh: '任一成果' } : text;
}
