import { OPEN_SEAL, SEAL_ENTRY } from '#libs/paper-seal';
import type { Text } from '#libs/problems';
import {
  type Block,
  type Column,
  type Pair,
  type Paper,
  type Words,
  beijingTime,
  inBoth,
  plain,
} from '../platform/paper/index.js';
import type { DecisionLetterDto } from './letter.dto.js';

const BANK: Text = { zh: '技能学分银行', en: 'Skills credit bank' };

const VERDICTS: Record<DecisionLetterDto['reasons'][number]['verdict'], Text> = {
  approve: { zh: '同意', en: 'Approve' },
  reject: { zh: '驳回', en: 'Reject' },
  return: { zh: '退回', en: 'Return' },
};

/**
 * The letter of a decision as a paper, with an open place for the bank's seal; the letter's data is
 * attached. Nothing in it depends on the day it is printed.
 *
 * @param origin where it can be checked, as `https://bank.example`
 */
export function letterPaperOf(letter: DecisionLetterDto, origin: string): Paper {
  return {
    title: `${letter.title.zh} / ${letter.title.en}`,
    author: `${BANK.zh} / ${BANK.en}`,
    languages: ['zh-CN', 'en'],
    madeAt: new Date(letter.decidedAt),
    blocks: [
      { kind: 'heading', level: 1, words: inBoth(letter.title) },
      { kind: 'pairs', pairs: partiesOf(letter) },
      ...grantedOf(letter),
      ...refusedOf(letter),
      ...requirementsOf(letter),
      ...reasonsOf(letter),
      ...rulesOf(letter),
      ...(letter.appeal === null
        ? []
        : [
            heading('申诉', 'Appeal'),
            { kind: 'paragraph', words: inBoth(letter.appeal.text) } as const,
          ]),
      heading('怎样查验', 'How to check this'),
      {
        kind: 'paragraph',
        words: inBoth({
          zh: `在 ${origin}/verify 上传本文件：文件带有学分银行的签章，任何一个字节改动都会被指出。附件 decision-letter.json 是本决定的数据，其摘要列于上表。`,
          en: `Upload this file at ${origin}/verify: it carries the seal of the credit bank, and any byte that was changed is noticed. The attachment decision-letter.json is the decision as data; its hash stands in the table above.`,
        }),
      },
    ],
    foot: inBoth({
      zh: `${BANK.zh} · ${letter.title.zh} · ${letter.applicationId}`,
      en: `${BANK.en} · ${letter.title.en}`,
    }),
    footLink: null,
    attachments: [
      {
        name: 'decision-letter.json',
        mediaType: 'application/json',
        description: `${letter.title.zh} / ${letter.title.en}`,
        bytes: Buffer.from(JSON.stringify(letter)),
      },
    ],
    information: { [SEAL_ENTRY]: OPEN_SEAL },
  };
}

function partiesOf({ parties, asked, credits, ...letter }: DecisionLetterDto): Pair[] {
  const { learnerName, institution, requestedBy } = parties;
  const time = (moment: string | null): Words => plain(moment === null ? '—' : beijingTime(moment));
  return [
    {
      label: inBoth({ zh: '姓名', en: 'Name' }),
      value: learnerName === null ? inBoth({ zh: '未提供', en: 'Not stated' }) : plain(learnerName),
      isStrong: true,
    },
    pair('申请编号', 'Application', plain(letter.applicationId)),
    pair('申请转入', 'Programme', [...inBoth(asked.title), ...plain(asked.programme)]),
    pair('决定机构', 'Decided by', inBoth(institution.name)),
    ...(requestedBy === null
      ? []
      : [pair('代为申请', 'Asked on behalf by', inBoth(requestedBy.name))]),
    pair('认定学分', 'Credits granted', plain(credits)),
    pair('规则日期', 'Rules as of', plain(asked.on)),
    pair('提交时间', 'Submitted', time(letter.submittedAt)),
    pair('决定时间', 'Decided', time(letter.decidedAt)),
  ];
}

function grantedOf({ granted }: DecisionLetterDto): Block[] {
  if (granted.length === 0) return [];
  return [
    heading('认定的内容', 'Granted'),
    table(
      '认定的内容',
      [
        [column('内容', 'What', 3.4), column('替代课程', 'Course', 2.2)],
        [column('成绩', 'Grade', 0.8), column('学分', 'Credits', 0.9, 'right')],
        [column('依据', 'Basis', 2.2)],
      ],
      granted.map(({ text, course, courseTitle, credits, grade, basis, rule }) => [
        inBoth(text),
        [...(courseTitle === null ? [] : inBoth(courseTitle)), ...plain(course ?? '—')],
        grade === 'exempt' ? inBoth({ zh: '免考', en: 'exempt' }) : plain(grade ?? '—'),
        plain(credits),
        [...plain(basis ?? '—'), ...plain(rule)],
      ]),
    ),
  ];
}

function refusedOf({ refused }: DecisionLetterDto): Block[] {
  if (refused.length === 0) return [];
  return [
    heading('未予认定的内容', 'Not granted'),
    table(
      '未予认定的内容',
      [
        [column('原因', 'Why', 3.4), column('最近的补救', 'Nearest change', 3)],
        [column('依据', 'Basis', 2)],
      ],
      refused.map(({ text, nearestChange, basis, rule }) => [
        inBoth(text),
        nearestChange === null ? plain('—') : inBoth(nearestChange),
        [...plain(basis ?? '—'), ...plain(rule)],
      ]),
    ),
  ];
}

function requirementsOf({ requirements }: DecisionLetterDto): Block[] {
  if (requirements.length === 0) return [];
  return [
    heading('专业要求', 'Requirements of the programme'),
    table(
      '专业要求',
      [[column('要求', 'Requirement', 5), column('是否满足', 'Met', 1)]],
      requirements.map(({ text, met }) => [
        inBoth(text),
        inBoth(met ? { zh: '满足', en: 'yes' } : { zh: '未满足', en: 'no' }),
      ]),
    ),
  ];
}

function reasonsOf({ reasons }: DecisionLetterDto): Block[] {
  if (reasons.length === 0) return [];
  return [
    heading('评审意见', 'What the reviewers said'),
    table(
      '评审意见',
      [
        [column('意见', 'Verdict', 1), column('说明', 'Reasons', 4)],
        [column('轮次', 'Round', 0.7), column('时间', 'At', 1.6)],
      ],
      reasons.map(({ verdict, note, round, at }) => [
        inBoth(VERDICTS[verdict]),
        plain(note ?? '—'),
        plain(String(round)),
        plain(beijingTime(at)),
      ]),
    ),
  ];
}

function rulesOf({ rulebook, engine, decisionHash, hash }: DecisionLetterDto): Block[] {
  const pairs: Pair[] = [
    ...(rulebook === null
      ? []
      : [
          pair('规则版本', 'Rule version', plain(`${rulebook.id} v${rulebook.version}`)),
          pair('规则摘要', 'Hash of the rules', plain(`SHA-256 ${rulebook.hash}`)),
        ]),
    ...(engine === null ? [] : [pair('计算程序', 'Engine', plain(engine))]),
    ...(decisionHash === null
      ? []
      : [pair('决定摘要', 'Hash of the decision', plain(`SHA-256 ${decisionHash}`))]),
    pair('本函摘要', 'Hash of this letter', plain(`SHA-256 ${hash}`)),
  ];
  return [heading('依据的规则', 'Rules that decided'), { kind: 'pairs', pairs }];
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

function table(
  summary: string,
  columns: readonly (readonly Column[])[],
  rows: readonly (readonly Words[])[],
): Block {
  return { kind: 'table', summary, columns: columns.flat(), rows };
}
