import { OPEN_SEAL, SEAL_ENTRY } from '#libs/paper-seal';
import type { ReportContent, ReportFile } from '#libs/reports';
import type { Block, Pair, Paper } from '../../platform/paper/index.js';
import { conditionsOf } from './conditions-section.js';
import { figuresOf, glanceOf } from './figures-section.js';
import { LABELS, type ReportLanguage, Speech } from './words.js';

/** What is printed: the report, its hash, the file that travels inside, and where it stands. */
export interface PaperParts {
  readonly content: ReportContent;
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly file: ReportFile;
  /** Address of the service, without a slash at its end. */
  readonly origin: string;
  readonly language: ReportLanguage;
}

/**
 * A report as a paper in one language, with an open place for the bank's seal. Nothing in it depends
 * on the day on which it is printed.
 */
export function reportPaperOf(parts: PaperParts): Paper {
  const { content, file, language } = parts;
  const speech = new Speech(language);
  const title = speech.of(content.title);
  return {
    title,
    author: speech.label('bank'),
    languages: [language],
    madeAt: new Date(content.publishedAt),
    blocks: [
      { kind: 'heading', level: 1, words: speech.plain(title) },
      { kind: 'pairs', pairs: headOf(parts, speech) },
      { kind: 'paragraph', words: speech.labelled('frozen') },
      ...glanceOf(content, speech),
      ...figuresOf(content, speech),
      ...conditionsOf(content, speech),
      ...warningsOf(content, speech),
      ...checkOf(parts, speech),
    ],
    foot: speech.plain(`${speech.label('bank')} · ${title}`),
    footLink: null,
    attachments: [
      {
        name: 'report.json',
        mediaType: 'application/json',
        description: LABELS.bank.en,
        bytes: Buffer.from(JSON.stringify(file)),
      },
    ],
    information: { [SEAL_ENTRY]: OPEN_SEAL },
  };
}

function headOf({ content, hash }: PaperParts, speech: Speech): Pair[] {
  const { period, dataTime, publishedAt, publisher, number, scheduledFor } = content;
  const { cohortFrozenAt } = content;
  const pair = (name: keyof typeof LABELS, value: string): Pair => ({
    label: speech.labelled(name),
    value: speech.plain(value),
  });
  return [
    pair('period', `${period.id} (${period.from} – ${period.to})`),
    pair('counted', period.countedTo),
    pair('dataTime', speech.time(dataTime)),
    pair(
      'cohort',
      cohortFrozenAt === null
        ? speech.label('notFrozen')
        : `${speech.label('frozenAt')} ${speech.time(cohortFrozenAt)}`,
    ),
    pair('published', speech.time(publishedAt)),
    pair('scheduled', scheduledFor ?? speech.label('byHand')),
    pair('publisher', speech.of(publisher.name)),
    pair('number', String(number)),
    pair('hash', `SHA-256 ${hash}`),
  ];
}

function warningsOf({ warnings }: ReportContent, speech: Speech): Block[] {
  const heading: Block = { kind: 'heading', level: 2, words: speech.labelled('warnings') };
  if (warnings.length === 0) {
    return [heading, { kind: 'paragraph', words: speech.labelled('noWarnings') }];
  }
  return [
    heading,
    {
      kind: 'table',
      summary: speech.label('warnings'),
      columns: [
        { head: speech.labelled('school'), share: 2 },
        { head: speech.labelled('level'), share: 0.8 },
        { head: speech.labelled('warning'), share: 4.2 },
        { head: speech.labelled('basis'), share: 2 },
      ],
      rows: warnings.map(({ school, level, text, basis }) => [
        speech.words(school.name),
        speech.plain(speech.level(level)),
        speech.words(text),
        speech.words(basis),
      ]),
    },
  ];
}

function checkOf({ content, hash, origin, language }: PaperParts, speech: Speech): Block[] {
  const link = `${origin}/report/reports/${content.id}`;
  const did = content.publisher.did;
  const steps =
    language === 'en'
      ? [
          `This file carries the seal of the bank: upload it at ${origin}/verify, and any byte that was changed is noticed.`,
          'The attachment report.json is the signed report. Whoever has the public key of the log and the DID document of the publisher checks it without the bank, with creditbank verify.',
          `It is signed by ${did} (Ed25519, eddsa-jcs-2022), and stands as number ${content.number} in the log of reports with SHA-256 ${hash}.`,
        ]
      : [
          `本文件带有学分银行的签章：在 ${origin}/verify 上传，任何一个字节改动都会被指出。`,
          '附件 report.json 是经签名的报告。持有日志公钥和发布单位 DID 文档的人可用 creditbank verify 自行核验，不依赖本平台。',
          `由 ${did} 签名（Ed25519，eddsa-jcs-2022），在报告日志中为第 ${content.number} 号，SHA-256 为 ${hash}。`,
        ];
  return [
    { kind: 'heading', level: 2, words: speech.labelled('check') },
    { kind: 'list', items: steps.map((step) => speech.plain(step)) },
    {
      kind: 'code',
      title: speech.labelled('lookUp'),
      code: `No. ${content.number}`,
      link,
      linkAlt: link,
      notes: [],
    },
  ];
}
