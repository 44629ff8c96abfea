import { type ReportContent, type ReportedSchool, countStates } from '#libs/reports';
import type { Block } from '../../platform/paper/index.js';
import type { Speech } from './words.js';

/** Schools against their standard: an overview as bars and a table, then each school by itself. */
export function conditionsOf({ schools, standards }: ReportContent, speech: Speech): Block[] {
  const heading: Block = { kind: 'heading', level: 2, words: speech.labelled('conditions') };
  if (schools.length === 0) {
    return [heading, { kind: 'paragraph', words: speech.labelled('noSchools') }];
  }
  const judged = schools.filter(({ standard }) => standard !== null);
  const whole = judged.filter(({ conditions }) =>
    conditions.every(({ state }) => state === 'met'),
  ).length;
  const said =
    speech.language === 'en'
      ? `Of ${judged.length} schools with a standard, ${whole} meet all of its conditions.`
      : `${judged.length} 所已确定标准的学校中，${whole} 所各项条件全部达标。`;
  return [
    heading,
    { kind: 'paragraph', words: speech.plain(said) },
    ...(judged.length === 0 ? [] : [chartOf(judged, said, speech)]),
    overviewOf(schools, speech),
    ...judged.flatMap((school) => schoolOf(school, speech)),
    ...standardsOf(standards, speech),
  ];
}

function chartOf(schools: readonly ReportedSchool[], alt: string, speech: Speech): Block {
  const bars = schools.map(({ name, conditions }) => {
    const { met } = countStates(conditions);
    return {
      label: speech.words(name),
      share: conditions.length === 0 ? 0 : met / conditions.length,
      text: speech.plain(`${speech.label('metCount')} ${met} / ${conditions.length}`),
    };
  });
  return { kind: 'chart', alt, bars, mark: null };
}

function overviewOf(schools: readonly ReportedSchool[], speech: Speech): Block {
  return {
    kind: 'table',
    summary: speech.label('conditions'),
    columns: [
      { head: speech.labelled('school'), share: 2.6 },
      { head: speech.labelled('standard'), share: 2.6 },
      { head: speech.labelled('metCount'), share: 0.8, align: 'right' },
      { head: speech.labelled('shortCount'), share: 0.9, align: 'right' },
      { head: speech.labelled('unstatedCount'), share: 1, align: 'right' },
    ],
    rows: schools.map(({ name, standard, conditions }) => {
      const { met, short, notStated } = countStates(conditions);
      return [
        speech.words(name),
        standard === null
          ? speech.labelled('noStandard')
          : speech.plain(`${speech.of(standard.title)} (${standard.version})`),
        ...[met, short, notStated].map((count) => speech.plain(String(count))),
      ];
    }),
  };
}

function schoolOf({ name, conditions, code }: ReportedSchool, speech: Speech): Block[] {
  return [
    { kind: 'heading', level: 3, words: speech.plain(`${speech.of(name)} (${code})`) },
    {
      kind: 'table',
      summary: `${speech.of(name)}: ${speech.label('conditions')}`,
      columns: [
        { head: speech.labelled('condition'), share: 2.8 },
        { head: speech.labelled('figure'), share: 1.3, align: 'right' },
        { head: speech.labelled('required'), share: 1.3, align: 'right' },
        { head: speech.labelled('unit'), share: 1.4 },
        { head: speech.labelled('state'), share: 1 },
        { head: speech.labelled('on'), share: 1.2 },
      ],
      rows: conditions.map((one) => [
        speech.words(one.title),
        speech.plain(one.value === null ? '—' : speech.number(one.value)),
        speech.plain(speech.bound(one.bound, one.required)),
        speech.words(one.unit),
        speech.plain(speech.state(one.state)),
        speech.plain(one.on ?? '—'),
      ]),
    },
  ];
}

function standardsOf(standards: ReportContent['standards'], speech: Speech): Block[] {
  if (standards.length === 0) return [];
  return [
    { kind: 'heading', level: 3, words: speech.labelled('standards') },
    {
      kind: 'list',
      items: standards.map(({ title, version, source }) =>
        speech.plain(
          speech.language === 'en'
            ? `${speech.of(title)} (${version}): ${speech.of(source)}`
            : `${speech.of(title)}（${version}）：${speech.of(source)}`,
        ),
      ),
    },
  ];
}
