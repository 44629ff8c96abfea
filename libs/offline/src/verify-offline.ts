import {
  type Answer,
  type JsonObject,
  type Line as CredentialLine,
  type LineCode,
  type LineResult,
  type Verdict as CredentialVerdict,
  type Verification,
  didWebUrl,
  readObject,
  valuesOf,
  verifyCredential,
  verifyPresentation,
} from '#libs/credentials';
import { type SealCheck, checkSeal } from '#libs/paper-seal';
import {
  type Line,
  type LineVerdict,
  type Report,
  type Trust,
  type Verdict,
  checks,
  isProofFile,
  verifyFile,
} from '#libs/proofs';
import { isReportFile, judgeReportFile } from '#libs/reports';
import { type UnwrapFault, unwrapFile } from '#libs/unwrap';

/** What the reader knows from elsewhere. */
export interface Known {
  readonly trust: Trust;
  /** Issuers that the reader trusts, by DID; with the document of those that need one. */
  readonly issuers: ReadonlyMap<string, JsonObject | null>;
  /** Status lists that were saved before, by their address. */
  readonly lists: ReadonlyMap<string, JsonObject>;
}

/**
 * Checks any file with nothing but the file and what the reader knows. What a stranger sends is
 * answered with a report, never with an exception.
 */
export async function verifyOffline(
  bytes: Buffer,
  known: Known,
  { now, today }: { now: Date; today: string },
): Promise<Report> {
  const report = reportIn(bytes);
  if (report !== undefined) {
    const { trust, issuers } = known;
    return judgeReportFile(report, {
      trust,
      now,
      resolve: (did) => Promise.resolve(issuers.get(did) ?? undefined),
      trustsPublisher: (did) => issuers.has(did),
    });
  }
  if (isProofFile(bytes)) return verifyFile(bytes, known.trust, today);
  // No address is ours here: a link to a code is as good as the code, and neither helps offline.
  const found = unwrapFile(bytes, '');
  if (!found.ok) return refused(null, FAULTS[found.fault]);
  if (found.kind === 'code') return refused('code', 'a code is checked at the bank, not offline');
  const seal = found.wrapping === 'pdf' ? sealLine(bytes, known.trust) : undefined;
  if (found.credential === null) {
    if (!seal) return refused(found.wrapping, FAULTS['without-credential']);
    return { format: found.wrapping, verdict: verdictOf(seal.verdict), lines: [seal] };
  }
  const refusal = refusalIn(found.credential);
  if (refusal !== null) return refused('problem', refusal);
  const answer = await judgeCredential(found.credential, verificationOf(known, now));
  const lines = [...(seal ? [seal] : []), ...answer.lines];
  const verdict = seal?.verdict === 'fails' ? 'fails' : answer.verdict;
  return { format: found.wrapping, verdict, lines };
}

/** A monitoring report, read as JSON; undefined for every other file. */
function reportIn(bytes: Buffer): unknown {
  const parsed = checks.parseJson(bytes.toString('utf8'));
  return parsed.ok && isReportFile(parsed.value) ? parsed.value : undefined;
}

/** Whoever saves an answer without looking may have saved why there is no file. */
function refusalIn(text: string): string | null {
  const { type, title } = readObject(text) ?? {};
  if (typeof type !== 'string' || !type.startsWith('/problems/')) return null;
  return `it is no proof but an answer of the service that says why there is none: ${
    typeof title === 'string' ? title : type
  }`;
}

const FAULTS: Readonly<Record<UnwrapFault, string>> = {
  empty: 'it is empty',
  'too-large': 'it is too large to be any of the files that are checked here',
  archive: 'it is packed; give the file inside',
  picture: 'it is a picture that carries no credential; give the PNG or SVG that was issued',
  'unknown-kind': 'it is no kind of file that is checked here',
  damaged: 'it is damaged; ask its holder for the original file',
  'several-credentials':
    'it holds several credentials: what is shown and what is checked could differ',
  'without-credential': 'it holds no credential',
  encrypted: 'it is locked with a password; give the file as it was issued',
  'code-digits': 'it is a code with a wrong digit, or no kind of file that is checked here',
  'foreign-link': 'it is a link to somewhere else; give the file itself',
};

const VERDICTS: Readonly<Record<CredentialVerdict, Verdict>> = {
  valid: 'holds',
  invalid: 'fails',
  incomplete: 'open',
};

const RESULTS: Readonly<Record<LineResult, LineVerdict>> = {
  pass: 'holds',
  fail: 'fails',
  'not-applicable': 'none',
  'not-checked': 'open',
};

const SEALS: Readonly<Record<SealCheck, readonly [LineVerdict, string]>> = {
  whole: ['holds', 'the paper is byte for byte what the bank made'],
  broken: ['fails', 'the paper was changed after it was made; do not rely on what its pages say'],
  'unknown-key': ['fails', 'the seal is not by a key that you trust'],
  ambiguous: ['fails', 'the paper has several seals, and nobody can say which one counts'],
  absent: ['none', 'the paper has no seal: nothing protects what its pages say'],
};

function sealLine(bytes: Buffer, { logs }: Trust): Line {
  const found = checkSeal(
    bytes,
    logs.map(({ key }) => key),
  );
  if (found === 'unknown-key' && logs.length === 0) {
    const detail = 'the paper is sealed; give the key of the log with --key to check it';
    return { check: 'seal', verdict: 'open', detail };
  }
  const [verdict, detail] = SEALS[found];
  return { check: 'seal', verdict, detail };
}

async function judgeCredential(
  text: string,
  verification: Verification,
): Promise<Pick<Report, 'verdict' | 'lines'>> {
  const document = readObject(text);
  if (!document || !valuesOf(document['type']).includes('VerifiablePresentation')) {
    const answer = await verifyCredential(text, verification);
    return { verdict: VERDICTS[answer.verdict], lines: linesOf(answer, '') };
  }
  const isSigned = document['proof'] !== undefined;
  const answer = await verifyPresentation(document, verification, isSigned);
  const inner = answer.credentials.flatMap((one, at) => linesOf(one, ` of credential ${at + 1}`));
  const lines = [...answer.lines.map((line) => toLine(line, ' of the presentation')), ...inner];
  return { verdict: VERDICTS[answer.verdict], lines };
}

/** The lines of a credential, and behind them those of the credentials in a transcript. */
function linesOf({ lines, inner = [] }: Answer, of: string): Line[] {
  return [
    ...lines.map((line) => toLine(line, of)),
    ...inner.flatMap((one, at) => linesOf(one, ` of outcome ${at + 1}${of}`)),
  ];
}

/** Where the words of the service would mislead somebody who has only files: what to give instead. */
const OFFLINE: Partial<Record<LineCode, (params: Readonly<Record<string, string>>) => string>> = {
  'issuer-known': ({ name }) => `you trust the issuer ${name}`,
  'issuer-unknown': ({ name }) =>
    `the issuer ${name} is not among those that you trust; give it with --issuer when it is`,
  'issuer-not-reachable': ({ key }) =>
    `the public keys for ${key} are not given; ${saveDocumentOf(key)}, give it with --issuer`,
  'key-not-found': ({ key }) =>
    `the issuer's document does not list the key ${key}; if you saved it before a new key was made, save it anew`,
  'status-not-reachable': ({ url }) =>
    `nobody can say whether it stands: save ${url} and give it with --status`,
  'not-revoked': ({ at }) =>
    `not revoked as of ${at}, the moment of the list that you saved; it cannot know what came later`,
  'not-suspended': ({ at }) =>
    `not suspended as of ${at}, the moment of the list that you saved; it cannot know what came later`,
  'log-not-asked': () => 'a log is asked online only; a receipt proves an entry offline',
};

/** Where the document of an issuer stands, when its name says so. */
function saveDocumentOf(key = ''): string {
  const url = didWebUrl(key.split('#', 1)[0] ?? '');
  return `save the issuer's DID document${url === undefined ? '' : ` (${url})`}`;
}

function toLine({ line, code, result, text, params = {} }: CredentialLine, of: string): Line {
  // Files that are at hand never have it, so it cannot be what keeps a credential open.
  const verdict = code === 'log-not-asked' ? 'none' : RESULTS[result];
  return { check: `${line}${of}`, verdict, detail: OFFLINE[code]?.(params) ?? text.en };
}

function verificationOf({ issuers, lists }: Known, now: Date): Verification {
  return {
    now,
    resolveDid: (did) => Promise.resolve(issuers.get(did) ?? undefined),
    readStatusList: (url) => Promise.resolve(lists.get(url)),
    listsAreSaved: true,
    knowIssuer: (did) =>
      Promise.resolve({ standing: issuers.has(did) ? 'known' : 'unknown', name: did }),
  };
}

function verdictOf(line: LineVerdict): Verdict {
  return line === 'none' ? 'fails' : line;
}

function refused(format: string | null, detail: string): Report {
  return { format, verdict: 'fails', lines: [{ check: 'form', verdict: 'fails', detail }] };
}
