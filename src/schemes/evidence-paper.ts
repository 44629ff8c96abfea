import { OPEN_SEAL, SEAL_ENTRY } from '#libs/paper-seal';
import type { Text } from '#libs/problems';
import type { LearnerProfile } from '../learners/index.js';
import {
  type Block,
  type Column,
  type Pair,
  type Paper,
  type PaperAttachment,
  type Words,
  beijingTime,
  inBoth,
  plain,
} from '../platform/paper/index.js';
import { DOCUMENT_KINDS, waysToCheck } from '../verification/index.js';
import type { EligibilityDto, EvidenceDto } from './eligibility.dto.js';

/** What the paper is made of. */
export interface EvidencePaperParts {
  readonly eligibility: EligibilityDto;
  readonly profile: Pick<LearnerProfile, 'name' | 'identities'>;
  /** As it is printed: `1234 5678 9012`. */
  readonly code: string;
  /** Where the code opens, for the QR code. */
  readonly link: string;
  readonly hasPin: boolean;
  /** The last day of the code, `yyyy-mm-dd`. */
  readonly validUntil: string;
  readonly attachments: readonly PaperAttachment[];
  readonly madeAt: Date;
}

const BANK: Text = { zh: '技能学分银行', en: 'Skills credit bank' };
const TITLE: Text = { zh: '招生资格证明材料', en: 'Evidence of eligibility for admission' };

const VERDICTS: Readonly<Record<'granted' | 'refused' | 'pending', Text>> = {
  granted: { zh: '符合', en: 'met' },
  refused: { zh: '不符合', en: 'not met' },
  pending: { zh: '待核实', en: 'to be found out' },
};

const LOGS: Readonly<Record<EvidenceDto['log'], Text>> = {
  'in-log': { zh: '已收入透明日志', en: 'in the public log' },
  'log-waiting': { zh: '尚待收入透明日志', en: 'waits for the public log' },
  'not-in-log': { zh: '不在透明日志中，不予采信', en: 'not in the public log: do not rely on it' },
  'no-entry': { zh: '仅登记，没有学分分录', en: 'registered without credit: no entry' },
};

/** The evidence of one learner under one scheme, with an open place for the bank's seal. */
export function evidencePaperOf(parts: EvidencePaperParts): Paper {
  const { eligibility, code, link, attachments, madeAt } = parts;
  const { host } = new URL(link);
  const page = link.replace(/\/[^/]*$/, '');
  return {
    title: `${TITLE.zh} / ${TITLE.en}`,
    author: `${BANK.zh} / ${BANK.en}`,
    languages: ['zh-CN', 'en'],
    madeAt,
    blocks: [
      { kind: 'heading', level: 1, words: inBoth(TITLE) },
      ...headOf(parts),
      ...clausesOf(eligibility),
      ...evidenceOf(eligibility),
      ...scoreOf(eligibility),
      ...missingOf(eligibility),
      ...rulesOf(eligibility),
      heading('怎样查验', 'How to check this'),
      {
        kind: 'list',
        items: waysToCheck({ link: page, host, hasCredential: attachments.length > 0 }, 'en'),
      },
    ],
    foot: [
      { text: `${BANK.zh} · 在线验证码 ${code} · ${page}`, language: 'zh-CN' },
      { text: `${BANK.en} · valid until ${parts.validUntil}`, language: 'en' },
    ],
    footLink: link,
    attachments,
    information: { [SEAL_ENTRY]: OPEN_SEAL },
  };
}

function headOf(parts: EvidencePaperParts): Block[] {
  const { eligibility, profile, code, link, hasPin, validUntil, madeAt } = parts;
  const notes: Words[] = [
    inBoth({
      zh: `有效期至 ${validUntil}（持有人可随时撤回或延长，以在线结果为准）`,
      en: `Valid until ${validUntil}; its holder may end or extend it at any time; the online answer counts`,
    }),
  ];
  if (hasPin) {
    notes.push(
      inBoth({
        zh: '打开时还需持有人另行告知的口令（PIN）。',
        en: 'Opening it also takes the PIN that the holder tells you separately.',
      }),
    );
  }
  const pairs: Pair[] = [
    {
      label: inBoth({ zh: '姓名', en: 'Name' }),
      value:
        profile.name === null
          ? inBoth({ zh: '登记机构未提供', en: 'Not stated' })
          : plain(profile.name),
      isStrong: true,
    },
    ...profile.identities.map(({ kind, masked }) => ({
      label: inBoth(DOCUMENT_KINDS[kind] ?? { zh: '证件', en: 'Document' }),
      value: plain(masked),
    })),
    pair('招生方案', 'Scheme', [...inBoth(eligibility.schemeTitle), ...plain(eligibility.scheme)]),
    pair('结论', 'Result', inBoth(eligibility.text)),
    pair('规则日期', 'Rules as of', plain(eligibility.on)),
    pair('成果截止', 'Evidence until', plain(eligibility.evidenceUntil)),
    pair('出具时间', 'Printed at', plain(beijingTime(madeAt.toISOString()))),
  ];
  return [
    {
      kind: 'code',
      title: inBoth({ zh: '在线验证码', en: 'Verification code' }),
      code,
      link,
      linkAlt: `在线验证码 ${code} / Verification code ${code}: ${link}`,
      notes,
    },
    { kind: 'pairs', pairs },
  ];
}

/** Every clause with its evidence by number, so that both tables can be read side by side. */
function clausesOf({ clauses, evidence }: EligibilityDto): Block[] {
  const numberOf = new Map(evidence.map(({ id }, index) => [id, String(index + 1)]));
  return [
    heading('逐条说明', 'Clause by clause'),
    {
      kind: 'table',
      summary: '逐条说明',
      columns: [
        column('条款', 'Clause', 2.6),
        column('结论', 'Verdict', 0.9),
        column('给予', 'Gives', 1),
        column('说明', 'Why', 3.2),
        column('依据', 'Basis', 1),
        column('成果', 'Evidence', 0.9),
      ],
      rows: clauses.map(({ title, verdict, value, text, basis, evidence: lots }) => [
        inBoth(title),
        inBoth(VERDICTS[verdict]),
        plain(value ?? '—'),
        inBoth(text),
        plain(basis ?? '—'),
        plain(
          verdict === 'granted' ? lots.flatMap((lot) => numberOf.get(lot) ?? []).join(', ') : '—',
        ),
      ]),
    },
  ];
}

function evidenceOf({ evidence }: EligibilityDto): Block[] {
  const head = heading('作为依据的成果', 'Outcomes it rests on');
  if (evidence.length === 0) {
    const none = { zh: '没有可作依据的成果。', en: 'There is none.' };
    return [head, { kind: 'paragraph', words: inBoth(none) }];
  }
  return [
    head,
    {
      kind: 'table',
      summary: '作为依据的成果',
      columns: [
        column('编号', 'No.', 0.5),
        column('成果', 'Outcome', 2.4),
        column('登记机构', 'Institution', 1.8),
        column('完成日期', 'Completed', 1.1),
        column('成绩、等级', 'Grade, level', 1),
        column('分录与收据', 'Entry and receipt', 3.2),
      ],
      rows: evidence.map((one, index) => [
        plain(String(index + 1)),
        [...inBoth(one.title), ...plain(one.code)],
        inBoth(one.institution),
        plain(one.completedOn),
        plain([one.grade, one.level].filter((part) => part !== null).join(', ') || '—'),
        [...inBoth(LOGS[one.log]), ...one.entries.flatMap(plain)],
      ]),
    },
    {
      kind: 'paragraph',
      words: inBoth({
        zh: '每条分录的收录证明在 /v1/entries/分录编号/proof，可离线核对的收据在 /v1/entries/分录编号/receipt。',
        en: 'The proof of inclusion of an entry is at /v1/entries/ENTRY/proof, and its receipt, which can be checked offline, at /v1/entries/ENTRY/receipt.',
      }),
    },
  ];
}

function scoreOf({ score, clauses }: EligibilityDto): Block[] {
  if (!score) return [];
  const titles = new Map(clauses.map(({ rule, title }) => [rule, title]));
  const titleOf = (rule: string | null): Words =>
    rule === null ? plain('—') : inBoth(titles.get(rule) ?? { zh: rule, en: rule });
  const total = score.total ?? '—';
  return [
    heading('成绩组成', 'Parts of the score'),
    {
      kind: 'table',
      summary: '成绩组成',
      columns: [
        column('部分', 'Part', 3),
        column('成绩', 'Score', 1, 'right'),
        column('满分', 'Maximum', 1, 'right'),
        column('代替考试的条款', 'Rule in place of the test', 2),
      ],
      rows: [
        ...score.parts.map(({ title, score: points, max, rule }) => [
          inBoth(title),
          plain(points ?? '—'),
          plain(max),
          titleOf(rule),
        ]),
        [inBoth({ zh: '总分', en: 'Total' }), plain(total), plain(''), plain('')],
      ],
      hasTotal: true,
    },
  ];
}

function missingOf({ missing, status }: EligibilityDto): Block[] {
  if (status === 'eligible' || missing.length === 0) return [];
  return [
    heading('还缺什么', 'What is missing'),
    { kind: 'list', items: missing.map(({ text }) => inBoth(text)) },
  ];
}

function rulesOf({ rulebook, engine, decisionHash }: EligibilityDto): Block[] {
  return [
    heading('依据的规则', 'Rules that decided'),
    {
      kind: 'pairs',
      pairs: [
        pair('规则版本', 'Rule version', plain(`${rulebook.id} v${rulebook.version}`)),
        pair('规则摘要', 'Hash of the rules', plain(`SHA-256 ${rulebook.hash}`)),
        pair('计算程序', 'Engine', plain(engine)),
        pair('结论摘要', 'Hash of the result', plain(`SHA-256 ${decisionHash}`)),
      ],
    },
    {
      kind: 'paragraph',
      words: inBoth({
        zh: '学分银行只证明以上内容；是否录取由招生学校决定。',
        en: 'The bank proves what stands above; whether somebody is admitted is decided by the school.',
      }),
    },
  ];
}

function heading(zh: string, en: string): Block {
  return { kind: 'heading', level: 2, words: inBoth({ zh, en }) };
}

function pair(zh: string, en: string, value: Words): Pair {
  return { label: inBoth({ zh, en }), value };
}

function column(zh: string, en: string, share: number, align: Column['align'] = 'left'): Column {
  return { head: inBoth({ zh, en }), share, align };
}
