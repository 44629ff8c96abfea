import type { ReportContent, ReportedIndicator } from '#libs/reports';
import type { OutputCell, OutputSheet } from '../../imports/index.js';
import { type ReportLanguage, Speech } from './words.js';

/** The sheets of a report in one language. Numbers are numbers; what is not told is said in words. */
export function reportSheetsOf(
  { content, hash }: { content: ReportContent; hash: string },
  language: ReportLanguage,
): OutputSheet[] {
  const speech = new Speech(language);
  return [
    summarySheet(content, hash, speech),
    figuresSheet(content, speech),
    partsSheet(content, speech),
    definitionsSheet(content, speech),
    inputsSheet(content, speech),
    conditionsSheet(content, speech),
    statedSheet(content, speech),
    warningsSheet(content, speech),
  ];
}

type Label = Parameters<Speech['label']>[0];

function sheet(
  speech: Speech,
  name: Label,
  columns: readonly (readonly [Label, number])[],
  rows: readonly (readonly OutputCell[])[],
): OutputSheet {
  return {
    name: speech.label(name),
    headers: columns.map(([head]) => speech.label(head)),
    widths: columns.map(([, width]) => width),
    rows,
  };
}

function text(value: string): OutputCell {
  return { text: value };
}

/** A number as one, and words where there is none. */
function number(value: string | null, otherwise: string): OutputCell {
  return value === null ? text(otherwise) : { text: value, isNumber: true };
}

function summarySheet(content: ReportContent, hash: string, speech: Speech): OutputSheet {
  const { period, dataTime, publishedAt, publisher, number: place, standards } = content;
  const line = (label: Label, value: string): OutputCell[] => [
    text(speech.label(label)),
    text(value),
  ];
  return sheet(
    speech,
    'glance',
    [
      ['part', 22],
      ['figure', 90],
    ],
    [
      [text(speech.label('bank')), text(speech.of(content.title))],
      line('period', `${period.id} (${period.from} – ${period.to})`),
      line('counted', period.countedTo),
      line('dataTime', speech.time(dataTime)),
      line('published', speech.time(publishedAt)),
      line('publisher', `${speech.of(publisher.name)} (${publisher.did})`),
      line('number', String(place)),
      line('hash', `SHA-256 ${hash}`),
      ...standards.map((one) =>
        line('standards', `${speech.of(one.title)}: ${speech.of(one.source)}`),
      ),
      [text(''), text(speech.label('frozen'))],
    ],
  );
}

function figuresSheet({ indicators }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'each',
    [
      ['code', 26],
      ['indicator', 44],
      ['figure', 16],
      ['unit', 18],
      ['target', 14],
      ['met', 14],
      ['owner', 40],
    ],
    indicators.map((one) => [
      text(one.id),
      text(speech.of(one.title)),
      number(one.value, speech.figure(one)),
      text(speech.unit(one.unit)),
      number(one.target?.atLeast ?? null, speech.target(one)),
      text(speech.met(one)),
      text(speech.of(one.owner)),
    ]),
  );
}

function partsSheet({ indicators }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'part',
    [
      ['indicator', 44],
      ['part', 36],
      ['partOf', 30],
      ['count', 16],
    ],
    indicators.flatMap((one) => partRows(one, speech)),
  );
}

function partRows(one: ReportedIndicator, speech: Speech): OutputCell[][] {
  const titles = new Map(one.parts.map((part) => [part.key, part.title]));
  const row = (name: string, partOf: string | null, value: string | null): OutputCell[] => {
    const whole = partOf === null ? undefined : titles.get(partOf);
    return [
      text(speech.of(one.title)),
      text(name),
      text(whole ? speech.of(whole) : ''),
      number(value, speech.count(null)),
    ];
  };
  return [
    ...one.parts.map((part) => row(speech.of(part.title), part.partOf, part.value)),
    ...one.amounts.map((amount) => row(speech.of(amount.title), null, amount.value)),
    ...one.unknown
      .filter(({ key }) => !titles.has(key))
      .map((part) => row(speech.of(part.title), null, part.value)),
  ];
}

function definitionsSheet({ indicators }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'definition',
    [
      ['indicator', 44],
      ['version', 12],
      ['definition', 100],
      ['targetSource', 60],
    ],
    indicators.map((one) => [
      text(speech.of(one.title)),
      text(String(one.version)),
      text(speech.of(one.definition)),
      text(one.target === null ? '' : speech.of(one.target.source)),
    ]),
  );
}

function inputsSheet({ indicators }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'inputs',
    [
      ['indicator', 44],
      ['input', 40],
      ['figure', 16],
      ['on', 18],
      ['source', 80],
    ],
    indicators.flatMap((one) =>
      one.inputs.map((input) => [
        text(speech.of(one.title)),
        text(speech.of(input.title)),
        number(input.value, ''),
        text(input.on ?? speech.label('always')),
        text(input.sources.map((source) => speech.of(source)).join('；')),
      ]),
    ),
  );
}

function conditionsSheet({ schools }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'conditions',
    [
      ['code', 24],
      ['school', 34],
      ['standard', 34],
      ['condition', 34],
      ['figure', 14],
      ['required', 14],
      ['unit', 18],
      ['state', 14],
      ['on', 14],
    ],
    schools.flatMap(({ code, name, standard, conditions }) =>
      conditions.map((one) => [
        text(code),
        text(speech.of(name)),
        text(standard === null ? '' : `${speech.of(standard.title)} (${standard.version})`),
        text(speech.of(one.title)),
        number(one.value, speech.state('not-stated')),
        text(speech.bound(one.bound, one.required)),
        text(speech.of(one.unit)),
        text(speech.state(one.state)),
        text(one.on ?? ''),
      ]),
    ),
  );
}

function statedSheet({ schools }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'stated',
    [
      ['code', 24],
      ['school', 34],
      ['input', 40],
      ['figure', 16],
      ['on', 14],
      ['source', 80],
    ],
    schools.flatMap(({ code, name, inputs }) =>
      inputs.map((input) => [
        text(code),
        text(speech.of(name)),
        text(speech.of(input.title)),
        number(input.value, ''),
        text(input.on),
        text(input.source),
      ]),
    ),
  );
}

function warningsSheet({ warnings }: ReportContent, speech: Speech): OutputSheet {
  return sheet(
    speech,
    'warnings',
    [
      ['code', 24],
      ['school', 34],
      ['level', 12],
      ['warning', 90],
      ['basis', 40],
    ],
    warnings.map(({ school, level, text: said, basis }) => [
      text(school.code),
      text(speech.of(school.name)),
      text(speech.level(level)),
      text(speech.of(said)),
      text(speech.of(basis)),
    ]),
  );
}
