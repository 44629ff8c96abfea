import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { formatCredits, formatHours, parseCredits, parseHours } from '#libs/credit';
import { residentIdCheckDigit } from '#libs/identity';
import type { CompletionDraft } from '../draft.js';
import { type ElmoClaim, readElmo } from '../elmo/read.js';
import { writeElmo } from '../elmo/write.js';
import type { XmlNode } from '../elmo/xml.js';
import { recogniseRecord, recogniseTable } from '../recognise.js';
import type { Mapped } from '../shape.js';
import { EXCHANGE_COLUMNS, exchangeRows } from './columns.js';
import { EXCHANGE_FORMAT, type ExchangeDocument, type ExchangeRecord } from './document.js';
import { parseXml } from '../../test/parse-xml.js';

const CONTEXT = { today: '2026-11-26' };
const schema = JSON.parse(
  readFileSync('docs/exchange/credit-bank-exchange-1.schema.json', 'utf8'),
) as object;
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const code = fc.stringMatching(/^[A-Z][A-Z0-9-]{0,11}$/);
const title = fc.stringMatching(/^[一-龥A-Za-z][一-龥A-Za-z&<>"' ]{0,10}[一-龥a-z]$/);
const named = fc.record({ code, zh: title, en: title });
const day = fc
  .date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2026-11-20T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));
const amount = fc.integer({ min: 1, max: 99_999 }).map((n) => formatCredits(BigInt(n)));
/** A decimal of three places is a whole number of minutes only every three minutes. */
const hours = fc.integer({ min: 1, max: 20_000 }).map((n) => formatHours(BigInt(n * 3)));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const record: fc.Arbitrary<ExchangeRecord> = fc.record({
  externalId: fc.stringMatching(/^[a-z][a-z0-9-]{0,14}$/),
  institution: named,
  outcome: fc.record({
    code,
    zh: title,
    en: title,
    kind: fc.constantFrom('degree-course', 'vocational-certificate', 'community-course'),
    category: code,
  }),
  startedOn: orNull(day),
  completedOn: fc.oneof(
    day,
    day.map((one) => one.slice(0, 7)),
    day.map((one) => one.slice(0, 4)),
  ),
  grade: orNull(fc.constantFrom('85', '合格', 'A-', '免考')),
  gradeScale: orNull(fc.constantFrom('percent', 'five-grade')),
  level: orNull(fc.constantFrom('初级', '中级', '4')),
  levelScale: orNull(fc.constantFrom('x-cert', 'national')),
  hours: orNull(hours),
  credits: orNull(amount),
  attendancePercent: orNull(fc.constantFrom('80', '92.5', '100')),
  state: fc.constantFrom('available', 'held', 'used', 'expired', 'registered'),
  noCreditReason: fc.constantFrom(null, 'credit-unknown', 'below-pass-grade', 'attendance-too-low'),
});

const document: fc.Arbitrary<ExchangeDocument> = fc
  .record({
    name: fc.stringMatching(/^[一-龥]{2,4}$/),
    born: day,
    serial: fc.integer({ min: 0, max: 999 }),
    source: named,
    records: fc.array(record, { maxLength: 6 }),
  })
  .map(({ name, born, serial, source, records }) => {
    const body = `500112${born.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
    return {
      format: EXCHANGE_FORMAT,
      issuedAt: '2026-11-23T09:30:00.000Z',
      source,
      learner: {
        id: '01a2e7c0-5b7e-7123-8000-000000000003',
        name,
        documents: [{ kind: 'resident-id', number: body + residentIdCheckDigit(body) }],
        birthDate: born,
      },
      records,
    };
  });

/** What an import has to make of a record. */
function draftOf(
  { learner }: ExchangeDocument,
  one: ExchangeRecord,
): Omit<CompletionDraft, 'completedOn'> & { completedOn: string } {
  const credits = one.credits === null ? null : parseCredits(one.credits);
  const [first] = learner.documents;
  return {
    externalId: one.externalId,
    person: { name: learner.name, document: first as { kind: 'resident-id'; number: string } },
    outcome: { code: one.outcome.code },
    startedOn: one.startedOn,
    completedOn: one.completedOn,
    grade: one.grade,
    level: one.level,
    minutes: one.hours === null ? null : (parseHours(one.hours) ?? null),
    credits: credits?.ok ? credits.amount : null,
    attendancePercent: one.attendancePercent,
    exemptions: [],
    note: null,
    circumstances: null,
  };
}

function draftsOf({ outcomes, faults }: Mapped): CompletionDraft[] {
  expect(faults).toEqual([]);
  return outcomes.map(({ draft }) => draft);
}

function asSheet(one: ExchangeDocument, headers: readonly string[]): CompletionDraft[] {
  const recognised = recogniseTable(headers);
  if (!recognised.ok) throw new Error(JSON.stringify(recognised.faults));
  expect(recognised.shape.id).toBe('exchange-sheet');
  const mapper = recognised.shape.mapper(headers, CONTEXT);
  return exchangeRows(one).flatMap((cells, i) =>
    draftsOf(mapper.push({ rowNumber: i + 2, cells })),
  );
}

describe('the open exchange format', () => {
  it('comes back from a document and from a sheet as what was stated, by its schema', () => {
    fc.assert(
      fc.property(document, (one) => {
        const json: unknown = JSON.parse(JSON.stringify(one));
        expect(isValid(json) || isValid.errors).toBe(true);
        const stated = one.records.map((each) => draftOf(one, each));
        const shape = recogniseRecord(json);
        expect(shape?.id).toBe('exchange-document');
        expect(draftsOf(shape!.mapper(CONTEXT).push({ rowNumber: 1, value: json }))).toEqual(
          stated,
        );
        expect(
          asSheet(
            one,
            EXCHANGE_COLUMNS.map(({ zh }) => zh),
          ),
        ).toEqual(stated);
        expect(
          asSheet(
            one,
            EXCHANGE_COLUMNS.map(({ en }) => en),
          ),
        ).toEqual(stated);
      }),
      { numRuns: 200 },
    );
  });

  it('has samples that are valid, and say the same', () => {
    const sample = JSON.parse(
      readFileSync('docs/exchange/sample.json', 'utf8'),
    ) as ExchangeDocument;
    expect(isValid(sample) || isValid.errors).toBe(true);
    const lines = [EXCHANGE_COLUMNS.map(({ zh }) => zh), ...exchangeRows(sample)];
    const csv = lines.map((line) => `${line.join(',')}\n`).join('');
    expect(readFileSync('docs/exchange/sample.csv', 'utf8')).toBe(csv);
  });

  it('is strict: a member too many, a kind that nobody knows, a missing one', () => {
    const sample = JSON.parse(readFileSync('docs/exchange/sample.json', 'utf8')) as {
      records: Record<string, unknown>[];
    };
    const [first = {}] = sample.records;
    const { externalId, ...rest } = first;
    for (const spoilt of [
      { ...first, more: 1 },
      { ...first, credits: 4 },
      { ...first, credits: '04' },
      { ...first, completedOn: '2026-13' },
      { ...first, state: 'revoked' },
      rest,
    ]) {
      expect(isValid({ ...sample, records: [spoilt] })).toBe(false);
    }
    expect(externalId).toBeDefined();
    const mapper = recogniseRecord(sample)!.mapper(CONTEXT);
    const pushed = mapper.push({
      rowNumber: 1,
      value: {
        ...sample,
        records: [
          { ...first, more: 1 },
          { ...first, completedOn: '2999-01-01' },
        ],
      },
    });
    expect(pushed.faults).toMatchObject([
      { column: 'records[0].more', code: 'unknown-field' },
      { column: 'records[1].completedOn', code: 'date-in-future' },
    ]);
  });
});

describe('ELMO', () => {
  const claimsOf = (root: XmlNode): ElmoClaim[] =>
    readElmo(root)?.reports.flatMap(({ claims }) => [...claims]) ?? [];

  it('carries everything there and back', () => {
    fc.assert(
      fc.property(document, (one) => {
        const root = parseXml(writeElmo(one, 'https://bank.example'));
        const reading = readElmo(root);
        expect(reading?.learner).toMatchObject({
          name: one.learner.name,
          birthDate: one.learner.birthDate,
          identifiers: [
            { type: 'nationalIdentifier', value: one.learner.documents[0]?.number },
            { type: 'credit-bank', value: one.learner.id },
          ],
        });
        expect(reading?.doubts).toEqual([]);
        const claims = claimsOf(root);
        expect(claims).toHaveLength(one.records.length);
        for (const record of one.records) {
          expect(claims).toContainEqual(
            expect.objectContaining({
              title: { zh: tokenised(record.outcome.zh), en: tokenised(record.outcome.en) },
              identifiers: [
                { type: 'credit-bank-outcome', value: record.outcome.code },
                { type: 'local', value: record.externalId },
              ],
              startedOn: record.startedOn,
              completedOn: record.completedOn,
              status: record.noCreditReason === 'below-pass-grade' ? 'failed' : 'passed',
              grade: record.grade,
              gradeScale: record.gradeScale,
              hours: record.hours,
              credits:
                record.credits === null ? [] : [{ scheme: 'CN-XUEFEN', value: record.credits }],
              levels:
                record.level === null
                  ? []
                  : [{ type: record.levelScale ?? 'level', value: record.level }],
            }),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('doubts credit of a programme and of a course within it (R23), and takes no status for passed (R24)', () => {
    const instance = (credit: string, inner = ''): string =>
      `<learningOpportunitySpecification><title>T</title><specifies><learningOpportunityInstance>${credit}` +
      `</learningOpportunityInstance></specifies>${inner}</learningOpportunitySpecification>`;
    const credit = '<credit><scheme>ects</scheme><value>6</value></credit>';
    const fileOf = (specification: string): XmlNode =>
      parseXml(
        `<e:elmo xmlns:e="https://github.com/emrex-eu/elmo-schemas/tree/v1"><report>${specification}</report></e:elmo>`,
      );
    const both = fileOf(instance(credit, `<hasPart>${instance(credit)}</hasPart>`));
    expect(readElmo(both)?.doubts).toEqual([{ code: 'credit-in-parent-and-part', at: 'T / T' }]);
    const one = fileOf(instance('', `<hasPart>${instance(credit)}</hasPart>`));
    expect(readElmo(one)?.doubts).toEqual([]);
    expect(claimsOf(one).map(({ status }) => status)).toEqual(['passed', 'passed']);
    expect(readElmo(parseXml('<elmo xmlns="urn:other"/>'))).toBeUndefined();
  });
});

function tokenised(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
