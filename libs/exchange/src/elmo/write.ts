import type { ExchangeDocument, ExchangeRecord, NamedCode } from '../open/document.js';
import { element, token, xmlText } from './xml.js';

export const ELMO_NAMESPACE = 'https://github.com/emrex-eu/elmo-schemas/tree/v1';
/** Of what ELMO has no element for. */
export const ELMO_EXTENSION = 'urn:credit-bank:elmo-extension:1';

/** The word for a credit of a Chinese credit bank, in `credit/scheme`. */
export const CREDIT_SCHEME = 'CN-XUEFEN';

/**
 * A learner's record as ELMO 1.7.0, unsigned: one report for each institution, one
 * learningOpportunitySpecification for each outcome. Pure: the same document gives the same bytes.
 *
 * @param publicUrl where the issuing bank is found
 */
export function writeElmo(document: ExchangeDocument, publicUrl: string): string {
  const { learner, issuedAt, records } = document;
  const identifiers = learner.documents.map(({ kind, number }) =>
    token('identifier', number, { type: kind === 'resident-id' ? 'nationalIdentifier' : kind }),
  );
  const person = [
    ...identifiers,
    token('identifier', learner.id, { type: 'credit-bank' }),
    // A source knows a name, not its parts; to guess them is to be wrong about somebody.
    token('givenNames', ''),
    token('familyName', learner.name ?? ''),
    token('bday', learner.birthDate),
  ].join('');
  const issuers = new Map(records.map(({ institution }) => [institution.code, institution]));
  const reports = [...issuers.values()].map((issuer) => {
    const own = records.filter(({ institution }) => institution.code === issuer.code);
    return reportOf(issuer, own, { issuedAt, publicUrl });
  });
  // A file without a report is not valid; a learner without outcomes has an empty one of the bank.
  const all =
    reports.length > 0 ? reports : [reportOf(document.source, [], { issuedAt, publicUrl })];
  const content = token('generatedDate', issuedAt) + element('learner', {}, person) + all.join('');
  const namespaces = { xmlns: ELMO_NAMESPACE, 'xmlns:cb': ELMO_EXTENSION };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('elmo', namespaces, content)}\n`;
}

function reportOf(
  issuer: NamedCode,
  records: readonly ExchangeRecord[],
  { issuedAt, publicUrl }: { issuedAt: string; publicUrl: string },
): string {
  const scales = new Set(records.flatMap(({ gradeScale }) => (gradeScale ? [gradeScale] : [])));
  const schemes = [...scales].map((scale) =>
    element('gradingScheme', { localId: scale }, element('description', EN, xmlText(scale))),
  );
  const about = [
    token('country', 'CN'),
    token('identifier', issuer.code, { type: 'credit-bank' }),
    ...titlesOf(issuer),
    token('url', publicUrl),
  ];
  const content = [
    element('issuer', {}, about.join('')),
    ...records.map(specificationOf),
    token('issueDate', issuedAt),
    ...schemes,
  ];
  return element('report', {}, content.join(''));
}

const ZH = { 'xml:lang': 'zh' };
const EN = { 'xml:lang': 'en' };

function titlesOf({ zh, en }: NamedCode): string[] {
  return [token('title', zh, ZH), token('title', en, EN)];
}

function specificationOf(record: ExchangeRecord): string {
  const { outcome } = record;
  const content = [
    token('identifier', outcome.code, { type: 'credit-bank-outcome' }),
    ...titlesOf(outcome),
    // A certificate is none of ELMO's four types; the element can be left out.
    outcome.kind === 'vocational-certificate' ? '' : token('type', 'Course'),
    element('specifies', {}, instanceOf(record)),
  ];
  return element('learningOpportunitySpecification', {}, content.join(''));
}

function instanceOf(record: ExchangeRecord): string {
  const { completedOn, credits, level, noCreditReason } = record;
  const isDay = completedOn.length === 10;
  const hasFailed = noCreditReason === 'below-pass-grade';
  const content = [
    token('identifier', record.externalId, { type: 'local' }),
    token('start', record.startedOn),
    token('date', isDay ? completedOn : null),
    token('status', hasFailed ? 'failed' : 'passed'),
    token('gradingSchemeLocalId', record.gradeScale),
    token('resultLabel', record.grade),
    credits === null
      ? ''
      : element('credit', {}, token('scheme', CREDIT_SCHEME) + token('value', credits)),
    level === null
      ? ''
      : element('level', {}, token('type', record.levelScale ?? 'level') + token('value', level)),
    token('engagementHours', record.hours),
    element('extension', {}, extensionOf(record)),
  ];
  return element('learningOpportunityInstance', {}, content.join(''));
}

/** What ELMO has no place for, so that nothing is lost between two banks. */
function extensionOf(record: ExchangeRecord): string {
  const said: [string, string | null][] = [
    ['completedOn', record.completedOn],
    ['kind', record.outcome.kind],
    ['category', record.outcome.category],
    ['levelScale', record.levelScale],
    ['attendancePercent', record.attendancePercent],
    ['state', record.state],
    ['noCreditReason', record.noCreditReason],
  ];
  return said.map(([name, value]) => token(`cb:${name}`, value)).join('');
}
