import { compare, parseDecimal } from '#libs/credit';
import type { ReportContent, ReportedIndicator, ReportedPart } from '#libs/reports';
import type { Bar, Block, Words } from '../../platform/paper/index.js';
import type { Speech } from './words.js';

/** A row of one section: words and numbers of an indicator. */
type Row = readonly Words[];

/** How far each target is reached: as bars, and as a table that says the same. */
export function glanceOf({ indicators }: ReportContent, speech: Speech): Block[] {
  const withTarget = indicators.filter(({ target }) => target !== null);
  const reached = withTarget.filter(({ met }) => met === true).length;
  const unknown = withTarget.filter(({ met }) => met === null).length;
  const said =
    speech.language === 'en'
      ? `Of ${withTarget.length} indicators with a target, ${reached} reached it, ${withTarget.length - reached - unknown} did not yet, and ${unknown} had no figure.`
      : `${withTarget.length} 项有目标的指标中，${reached} 项已达到，${withTarget.length - reached - unknown} 项尚未达到，${unknown} 项没有数值。`;
  const bars = withTarget.flatMap((one) => barToTarget(one, speech));
  return [
    { kind: 'heading', level: 2, words: speech.labelled('glance') },
    { kind: 'paragraph', words: speech.plain(said) },
    ...(bars.length === 0
      ? []
      : [{ kind: 'chart', alt: said, bars, mark: speech.labelled('targetLine') } as const]),
    {
      kind: 'table',
      summary: speech.label('glance'),
      columns: [
        { head: speech.labelled('indicator'), share: 3 },
        { head: speech.labelled('figure'), share: 2, align: 'right' },
        { head: speech.labelled('target'), share: 2, align: 'right' },
        { head: speech.labelled('met'), share: 1.2 },
      ],
      rows: indicators.map((one) => [
        speech.words(one.title),
        speech.plain(speech.figure(one)),
        speech.plain(speech.target(one)),
        speech.plain(speech.met(one)),
      ]),
    },
  ];
}

/** Twice the target is as long as a bar gets: more would hide the others. */
const LONGEST = 2;

function barToTarget(one: ReportedIndicator, speech: Speech): Bar[] {
  if (one.value === null || one.target === null) return [];
  return [
    {
      label: speech.words(one.title),
      share: Math.min(LONGEST, shareOf(one.value, one.target.atLeast)),
      text: speech.plain(speech.figure(one)),
    },
  ];
}

/** Only for the length of a bar, so binary fractions do no harm. */
function shareOf(value: string, whole: string): number {
  const divisor = parseDecimal(whole);
  return divisor && divisor.num > 0n ? Number(value) / Number(whole) : 0;
}

/** Each indicator with its definition, what it is made of and what it rests on. */
export function figuresOf({ indicators }: ReportContent, speech: Speech): Block[] {
  return [
    { kind: 'heading', level: 2, words: speech.labelled('each') },
    ...indicators.flatMap((one) => indicatorOf(one, speech)),
  ];
}

function indicatorOf(one: ReportedIndicator, speech: Speech): Block[] {
  const said = [speech.figure(one), speech.pair('target', speech.target(one))];
  if (one.target !== null) said.push(speech.met(one));
  const owner = speech.pair('owner', speech.of(one.owner));
  const version = `${speech.label('version')} ${one.version}`;
  return [
    { kind: 'heading', level: 3, words: speech.words(one.title) },
    { kind: 'paragraph', words: speech.plain(said.join(' · ')) },
    { kind: 'paragraph', words: speech.words(one.definition) },
    { kind: 'paragraph', words: speech.plain(`${owner} · ${version}`) },
    ...missingOf(one, speech),
    ...chartOf(one, speech),
    ...partsOf(one, speech),
    ...inputsOf(one, speech),
  ];
}

function missingOf({ missing }: ReportedIndicator, speech: Speech): Block[] {
  if (missing.length === 0) return [];
  const separator = speech.language === 'en' ? ', ' : '、';
  const named = missing.map(({ title }) => speech.of(title)).join(separator);
  return [{ kind: 'paragraph', words: speech.plain(speech.pair('missing', named)) }];
}

/** The parts of the whole that are told, as shares of it. */
function chartOf({ title, parts }: ReportedIndicator, speech: Speech): Block[] {
  const [whole] = parts;
  if (!whole || whole.value === null || isZero(whole.value)) return [];
  const within = parts.filter(({ partOf, value }) => partOf === whole.key && value !== null);
  if (within.length < 2) return [];
  const bars = within.map((part) => ({
    label: speech.words(part.title),
    share: shareOf(part.value ?? '0', whole.value ?? '1'),
    text: speech.plain(speech.count(part.value)),
  }));
  const told = within.map((part) => `${speech.of(part.title)} ${speech.count(part.value)}`);
  const alt = `${speech.of(title)}: ${told.join(speech.language === 'en' ? ', ' : '，')}`;
  return [{ kind: 'chart', alt, bars, mark: null }];
}

function isZero(value: string): boolean {
  const read = parseDecimal(value);
  const zero = parseDecimal('0');
  return !read || !zero || compare(read, zero) === 0;
}

function partsOf({ title, parts, amounts, unknown }: ReportedIndicator, speech: Speech): Block[] {
  const titles = new Map(parts.map((part) => [part.key, part.title]));
  const whole = ({ partOf }: ReportedPart): Words =>
    speech.plain(partOf === null ? '—' : speech.of(titles.get(partOf) ?? { zh: '—', en: '—' }));
  const rows: Row[] = [
    ...parts.map((part) => [
      speech.words(part.title),
      whole(part),
      speech.plain(speech.count(part.value)),
    ]),
    ...amounts.map((amount) => [
      speech.words(amount.title),
      speech.plain('—'),
      speech.plain(speech.count(amount.value)),
    ]),
    ...unknown
      .filter(({ key }) => !titles.has(key))
      .map((part) => [
        speech.words(part.title),
        speech.plain('—'),
        speech.plain(speech.count(part.value)),
      ]),
  ];
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      summary: speech.of(title),
      columns: [
        { head: speech.labelled('part'), share: 3 },
        { head: speech.labelled('partOf'), share: 3 },
        { head: speech.labelled('count'), share: 1.4, align: 'right' },
      ],
      rows,
    },
  ];
}

function inputsOf({ title, inputs }: ReportedIndicator, speech: Speech): Block[] {
  if (inputs.length === 0) return [];
  return [
    {
      kind: 'table',
      summary: `${speech.of(title)}: ${speech.label('inputs')}`,
      columns: [
        { head: speech.labelled('input'), share: 2.4 },
        { head: speech.labelled('figure'), share: 1.2, align: 'right' },
        { head: speech.labelled('on'), share: 1.3 },
        { head: speech.labelled('source'), share: 3.4 },
      ],
      rows: inputs.map((input) => [
        speech.words(input.title),
        speech.plain(speech.number(input.value)),
        speech.plain(input.on ?? speech.label('always')),
        speech.plain(input.sources.map((source) => speech.of(source)).join('；')),
      ]),
    },
  ];
}
