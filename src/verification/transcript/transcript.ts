import { OPEN_SEAL, SEAL_ENTRY } from '#libs/paper-seal';
import {
  type Block,
  type Column,
  type Pair,
  type Paper,
  type PaperAttachment,
  type PaperLanguage,
  type Words,
  beijingTime,
  inBoth,
  plain,
} from '../../platform/paper/index.js';
import { dayOf } from '../../platform/clock/index.js';
import type { ProofDto, ProofOutcomeDto } from '../verifications.dto.js';
import {
  DOCUMENT_KINDS,
  LABELS,
  type Label,
  type SecondLanguage,
  say,
  sayShort,
  waysToCheck,
} from './words.js';

/** What a transcript is made of: the answer that the code gives now, and the code. */
export interface TranscriptParts {
  readonly proof: ProofDto;
  /** As it is printed: `1234 5678 9012`. */
  readonly code: string;
  /** Where the code opens, for the QR code. */
  readonly link: string;
  readonly hasPin: boolean;
  readonly second: SecondLanguage;
  readonly attachments: readonly PaperAttachment[];
}

/** The transcript of a share, with an open place for the bank's seal. */
export function transcriptOf(parts: TranscriptParts): Paper {
  const { proof, code, link, second, attachments } = parts;
  const languages: PaperLanguage[] = second === 'en' ? ['zh-CN', 'en'] : ['zh-CN', 'en', 'th'];
  return {
    title: `${LABELS.title.zh} / ${LABELS.title.en}`,
    author: `${LABELS.bank.zh} / ${LABELS.bank.en}`,
    languages,
    madeAt: new Date(proof.checkedAt),
    blocks: [
      ...headOf(parts),
      ...balanceOf(proof, second),
      ...outcomesOf(proof, second),
      ...conversionsOf(proof, second),
      { kind: 'heading', level: 2, words: say(LABELS.check, second) },
      {
        kind: 'list',
        items: waysToCheck(
          { link: pageOf(link), host: new URL(link).host, hasCredential: attachments.length > 0 },
          second,
        ),
      },
    ],
    foot: [
      {
        text: `${LABELS.bank.zh} · ${LABELS.code.zh} ${code} · ${pageOf(link)}`,
        language: 'zh-CN',
      },
      {
        text: `${LABELS.bank[second]} · ${LABELS.code[second]} ${code} · ${LABELS.validUntil[second]} ${dayOf(new Date(proof.expiresAt))}`,
        language: second,
      },
    ],
    footLink: link,
    attachments,
    information: { [SEAL_ENTRY]: OPEN_SEAL },
  };
}

/** The page on which a code is typed. */
function pageOf(link: string): string {
  return link.replace(/\/[^/]*$/, '');
}

function headOf({ proof, code, link, hasPin, second }: TranscriptParts): Block[] {
  const { learner } = proof;
  const until = dayOf(new Date(proof.expiresAt));
  const pairs: Pair[] = [
    {
      label: say(LABELS.name, second),
      value: learner.name === null ? say(LABELS.unnamed, second) : plain(learner.name),
      isStrong: true,
    },
    ...learner.documents.map(({ kind, masked }) => ({
      label: say(DOCUMENT_KINDS[kind] ?? LABELS.document, second),
      value: plain(masked),
    })),
    { label: say(LABELS.purpose, second), value: plain(proof.purpose) },
    {
      label: say(LABELS.receiver, second),
      value: proof.receiver === null ? say(LABELS.anyone, second) : plain(proof.receiver),
    },
    { label: say(LABELS.madeAt, second), value: plain(beijingTime(proof.checkedAt)) },
  ];
  return [
    { kind: 'heading', level: 1, words: say(LABELS.title, second) },
    { kind: 'paragraph', words: sayShort(LABELS.bank, second) },
    {
      kind: 'code',
      title: say(LABELS.code, second),
      code,
      link,
      linkAlt: `${LABELS.code.zh} ${code} / ${LABELS.code.en} ${code}: ${link}`,
      notes: [
        [
          {
            text: `${LABELS.validUntil.zh} ${until}（${LABELS.mayEnd.zh}）`,
            language: 'zh-CN',
          },
          {
            text: `${LABELS.validUntil[second]} ${until}; ${LABELS.mayEnd[second]}`,
            language: second,
          },
        ],
        ...(hasPin ? [say(LABELS.pin, second)] : []),
      ],
    },
    { kind: 'pairs', pairs },
  ];
}

const AMOUNTS = ['available', 'held', 'used', 'expired', 'revoked'] as const;

function balanceOf({ balance }: ProofDto, second: SecondLanguage): Block[] {
  const columns: Column[] = [
    { head: sayShort(LABELS.category, second), share: 2.2 },
    ...AMOUNTS.map((amount) => ({
      head: say(LABELS[amount], second),
      share: 1,
      align: 'right' as const,
    })),
  ];
  const rows = [...balance.categories, { title: null, ...balance.total }].map((row) => [
    row.title === null ? say(LABELS.all, second) : inBoth(row.title),
    ...AMOUNTS.map((amount) => plain(row[amount])),
  ]);
  return [
    {
      kind: 'heading',
      level: 2,
      words: say(
        {
          zh: `${LABELS.total.zh}（${balance.asOf}）`,
          en: `${LABELS.total.en}, ${balance.asOf}`,
          th: `${LABELS.total.th} ${balance.asOf}`,
        },
        second,
      ),
    },
    { kind: 'table', summary: LABELS.total.zh, columns, rows, hasTotal: true },
  ];
}

/** One table a category, in the order of the balance. */
function outcomesOf(proof: ProofDto, second: SecondLanguage): Block[] {
  const heading: Block = { kind: 'heading', level: 2, words: say(LABELS.outcomes, second) };
  if (proof.outcomes.length === 0) {
    return [heading, { kind: 'paragraph', words: say(LABELS.noOutcomes, second) }];
  }
  const rules = rulesOf(proof);
  return [
    heading,
    ...byCategory(proof).flatMap(([category, outcomes]): Block[] => [
      { kind: 'heading', level: 3, words: inBoth(category) },
      {
        kind: 'table',
        summary: category.zh,
        columns: [
          { head: say(LABELS.outcome, second), share: 3.4 },
          { head: say(LABELS.school, second), share: 2.2 },
          { head: say(LABELS.completedOn, second), share: 1.25 },
          { head: say(LABELS.creditsAndHours, second), share: 1.15, align: 'right' },
          { head: say(LABELS.grade, second), share: 0.85 },
          { head: say(LABELS.state, second), share: 1.05 },
          { head: say(LABELS.rule, second), share: 1.7 },
        ],
        rows: outcomes.map((outcome) => rowOf(outcome, rules.get(outcome.id) ?? [], second)),
      },
    ]),
  ];
}

function rowOf(
  outcome: ProofOutcomeDto,
  rules: readonly string[],
  second: SecondLanguage,
): Words[] {
  const { title, code, institution, completedOn, credits, hours, grade, level, state } = outcome;
  const time = hours === null ? [] : plain(`${hours} h`);
  const results = [grade, level].filter((part) => part !== null);
  return [
    [...inBoth(title), ...plain(code)],
    inBoth(institution.name),
    plain(completedOn),
    [...plain(credits ?? '—'), ...time],
    results.length === 0 ? plain('—') : results.flatMap(plain),
    say(LABELS[state], second),
    rules.length === 0 ? plain('—') : rules.flatMap((rule) => plain(rule)),
  ];
}

function byCategory({
  outcomes,
}: ProofDto): [ProofOutcomeDto['category']['title'], ProofOutcomeDto[]][] {
  const groups = new Map<string, ProofOutcomeDto[]>();
  for (const outcome of outcomes) {
    const group = groups.get(outcome.category.code) ?? [];
    group.push(outcome);
    groups.set(outcome.category.code, group);
  }
  return Array.from(groups.values(), (group) => [
    group[0]?.category.title ?? { zh: '', en: '' },
    group,
  ]);
}

/** For each outcome the rule versions by which it was converted. */
function rulesOf({ conversions }: ProofDto): Map<string, string[]> {
  const rules = new Map<string, string[]>();
  for (const { rule, grants } of conversions) {
    for (const id of new Set(grants.flatMap(({ outcomes }) => outcomes))) {
      rules.set(id, [...(rules.get(id) ?? []), ruleText(rule)]);
    }
  }
  return rules;
}

function conversionsOf({ conversions }: ProofDto, second: SecondLanguage): Block[] {
  if (conversions.length === 0) return [];
  const head = (label: Label, share: number): Column => ({ head: say(label, second), share });
  return [
    { kind: 'heading', level: 2, words: say(LABELS.conversions, second) },
    {
      kind: 'table',
      summary: LABELS.conversions.zh,
      columns: [
        head(LABELS.programme, 3.2),
        head(LABELS.decidedBy, 2.4),
        head(LABELS.booked, 1.3),
        { ...head(LABELS.credits, 1), align: 'right' },
        head(LABELS.rule, 2.4),
      ],
      rows: conversions.map(({ title, programme, institution, bookedAt, credits, rule }) => [
        [...inBoth(title), ...plain(programme)],
        inBoth(institution.name),
        plain(dayOf(new Date(bookedAt))),
        plain(credits),
        [...plain(ruleText(rule)), ...plain(`SHA-256 ${rule.hash.slice(0, 16)}…`)],
      ]),
    },
  ];
}

function ruleText({ id, version }: { id: string; version: number }): string {
  return `${id} v${version}`;
}
