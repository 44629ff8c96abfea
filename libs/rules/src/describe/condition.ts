import type { Text } from '#libs/problems';
import type { LotClause, OutcomeSelect } from '../clauses/has.js';
import type { Clause, GroupClause } from '../compile/compiled.js';
import { CHANGES } from '../explain/sentences.js';
import { AND, COMMA, join, LIST, OR, put, same, SOURCE_WORDS } from './words.js';

/** What a condition asks, in words. */
export function describeClause(clause: Clause): Text {
  if ('children' in clause) return describeGroup(clause);
  if (clause.op === 'has') return describeLots(clause);
  if (clause.op === 'sum') {
    const of = describeLots(clause.of);
    return put(
      { en: '{of}, together {wanted}', zh: '{of}，合计 {wanted}' },
      { of, wanted: same(clause.wanted) },
    );
  }
  return join(
    clause.tests.map(({ field, wanted }) => put(CHANGES[field], { wanted: same(wanted) })),
    AND,
  );
}

function describeGroup({ op, needed, children }: GroupClause): Text {
  const parts = children.map((child) => {
    const text = describeClause(child);
    return 'children' in child ? { en: `(${text.en})`, zh: `（${text.zh}）` } : text;
  });
  if (op === 'all') return join(parts, AND);
  if (op === 'any') return join(parts, OR);
  return put(
    { en: 'at least {needed} of: {list}', zh: '以下至少 {needed} 项：{list}' },
    { needed: same(String(needed)), list: join(parts, { en: '; ', zh: '；' }) },
  );
}

function describeLots({ select, tests, isEvidenceOnly }: LotClause): Text {
  const asked = tests.map(({ field, wanted, finding }) =>
    put(CHANGES[field], { wanted: same(finding === null ? wanted : `${finding} ${wanted}`) }),
  );
  const evidence: Text[] = isEvidenceOnly
    ? [{ en: 'which is not used up', zh: '仅作证明，不消耗' }]
    : [];
  return join([describeOutcomes(select), ...asked, ...evidence], COMMA);
}

/** The outcomes a clause speaks of. */
export function describeOutcomes(select: OutcomeSelect): Text {
  if (select.codes.length > 0) return join(select.codes.map(same), OR);
  const sources = select.source.map((source) => SOURCE_WORDS[source]);
  const parts = [
    join(sources, OR),
    join(select.kind.map(same), OR),
    ...(select.category.length > 0
      ? [put({ en: 'of {list}', zh: '类别 {list}' }, { list: join(select.category.map(same), OR) })]
      : []),
    ...(select.prefix === null
      ? []
      : [put({ en: 'with code {code}…', zh: '代码 {code}…' }, { code: same(select.prefix) })]),
    ...(select.except.length > 0
      ? [
          put(
            { en: 'except {list}', zh: '除 {list}' },
            { list: join(select.except.map(same), LIST) },
          ),
        ]
      : []),
  ];
  const text = join(parts, { en: ' ', zh: ' ' });
  return text.en === '' ? { en: 'any outcome', zh: '任一成果' } : text;
}
