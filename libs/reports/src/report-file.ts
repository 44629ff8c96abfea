import {
  CONTEXTS,
  type DidResolver,
  type JsonObject,
  jsonCanonical,
  verifyProofs,
} from '#libs/credentials';
import { createHash } from 'node:crypto';
import {
  type VerifierKey,
  decodeBase64,
  formatVerifierKey,
  leafHash,
  parseVerifierKey,
  verifierKey,
  verifyInclusion,
} from '#libs/merkle';
import {
  type Line,
  type Report,
  type Trust,
  checks as check,
  judgeCheckpoint,
  judgeKey,
  reportOf,
} from '#libs/proofs';
import type { ReportContent } from './document.js';

export const REPORT_FORMAT = 'creditbank-report/v1';

/** A report as it was signed: its content with a Data Integrity proof of the authority. */
export type SignedReport = ReportContent & { readonly proof: JsonObject };

/** A report that stands alone: what was signed, and its way into the log of reports. */
export interface ReportFile {
  readonly format: typeof REPORT_FORMAT;
  /** The log's public key. Nobody needs to believe it because it stands here. */
  readonly key: string;
  readonly report: SignedReport;
  /** Hashes from the leaf's neighbour up to the root, base64. */
  readonly path: readonly string[];
  /** The signed root of the log of reports. */
  readonly checkpoint: string;
}

const MOST_STEPS = 64;

const SHAPE = check.record({
  format: check.oneOf([REPORT_FORMAT]),
  key: check.publicKey,
  report: (value, at) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? check.count((value as { number?: unknown }).number, `${at}.number`)
      : `${at}: it must be an object`,
  path: check.list(check.hash, MOST_STEPS),
  checkpoint: check.signedNote,
});

/** The log of reports has the log's name with this behind it, and the same key. */
export function reportsName(logName: string): string {
  return `${logName}/reports`;
}

/** The bytes of a signed report that are hashed and kept: RFC 8785. */
export function canonicalReport(report: SignedReport | JsonObject): string {
  return jsonCanonical(jsonOf(report));
}

/** A report as the JSON that it is: TypeScript never takes an interface for a record of its members. */
export function jsonOf(report: ReportContent | JsonObject): JsonObject {
  return report as ReportContent & JsonObject;
}

/** SHA-256 over the canonical bytes. */
export function reportHash(canonical: string): Buffer {
  return createHash('sha256').update(canonical, 'utf8').digest();
}

/** The leaf of a report in the log of reports: its number and its hash, one a line. */
export function reportLeaf(number: number, hash: Buffer): Buffer {
  return leafHash(Buffer.from(`${REPORT_FORMAT}\n${number}\n${hash.toString('hex')}\n`));
}

export function makeReportFile(
  key: VerifierKey,
  report: SignedReport,
  { path, checkpoint }: { path: readonly Buffer[]; checkpoint: string },
): ReportFile {
  return {
    format: REPORT_FORMAT,
    key: formatVerifierKey(key),
    report,
    path: path.map((hash) => hash.toString('base64')),
    checkpoint,
  };
}

/** Whether a file says that it is a report. */
export function isReportFile(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { format?: unknown }).format === REPORT_FORMAT
  );
}

/** What the reader knows from elsewhere. */
export interface ReportTrust {
  readonly trust: Trust;
  /** DID documents that are at hand. */
  readonly resolve: DidResolver;
  /** Whether the reader trusts whoever has this DID to publish reports. */
  readonly trustsPublisher: (did: string) => boolean;
  readonly now: Date;
}

/** Checks a file that says it is a report; what a stranger sends is answered, never thrown at. */
export async function judgeReportFile(value: unknown, known: ReportTrust): Promise<Report> {
  const fault = SHAPE(value, '');
  if (fault !== undefined) {
    return reportOf(REPORT_FORMAT, [{ check: 'form', verdict: 'fails', detail: fault }]);
  }
  const file = value as ReportFile;
  const key = parseVerifierKey(file.key) as VerifierKey;
  const own = verifierKey(reportsName(key.name), key.publicKey, 'note');
  const signers = { key: own, witnesses: [], trust: known.trust };
  const judged = judgeCheckpoint('checkpoint', file.checkpoint, signers);
  return reportOf(REPORT_FORMAT, [
    judgeKey(file.key, known.trust),
    ...judged.lines,
    ...(judged.checkpoint ? [judgePlace(file, judged.checkpoint)] : []),
    await judgeSignature(file.report, known),
  ]);
}

function judgePlace(
  { report, path }: ReportFile,
  { size, root }: { size: number; root: Buffer },
): Line {
  const { number } = report;
  const hash = reportHash(canonicalReport(report));
  const proof = path.map((one) => decodeBase64(one) ?? Buffer.alloc(0));
  const leaf = reportLeaf(number, hash);
  if (number < size && verifyInclusion({ leaf, index: number, size, root, proof })) {
    const detail = `SHA-256 ${hash.toString('hex')} is number ${number} of the log of reports`;
    return { check: 'log', verdict: 'holds', detail };
  }
  return {
    check: 'log',
    verdict: 'fails',
    detail: `it is not what the log of reports holds as number ${number}: it was changed`,
  };
}

async function judgeSignature(report: SignedReport, known: ReportTrust): Promise<Line> {
  const line = (verdict: Line['verdict'], detail: string): Line => ({
    check: 'signature',
    verdict,
    detail,
  });
  const stated = (report.publisher as { did?: unknown } | undefined)?.did;
  const did = typeof stated === 'string' ? stated : 'nobody';
  const answer = await verifyProofs(jsonOf(report), {
    purpose: 'assertionMethod',
    now: known.now,
    resolve: known.resolve,
    contexts: CONTEXTS,
  });
  if (!answer.ok && answer.code === 'issuer-not-reachable') {
    return line(
      'open',
      `the keys of ${did} are not given; save its DID document and give it with --issuer`,
    );
  }
  if (!answer.ok) return line('fails', `its signature does not hold (${answer.code})`);
  if (!answer.controllers.every((controller) => controller === did)) {
    return line('fails', 'it is signed by somebody else than the publisher that it names');
  }
  return known.trustsPublisher(did)
    ? line('holds', `signed by ${did}, whom you trust`)
    : line('open', `signed by ${did}, who is not among those that you trust`);
}
