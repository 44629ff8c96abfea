import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { formatCredits, formatHours, parseHours } from '#libs/credit';
import {
  EXCHANGE_COLUMNS,
  EXCHANGE_FORMAT,
  type ExchangeDocument,
  type ExchangeRecord,
  exchangeRows,
  readElmo,
  writeElmo,
} from '#libs/exchange';
import { type OutputCell, readForm, writeXlsx } from '../imports/index.js';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { checkXml, signXml } from './elmo-signature.js';
import { readTree } from './elmo-tree.js';
import type { ElmoReadingDto, ExchangeDocumentDto } from './exchange.dto.js';
import { SigningKeys } from './signing-keys.service.js';

const MIB = 1024 * 1024;
/** A transcript with a PDF in it; without one it is a tenth of it. */
const MOST_BYTES = 4 * MIB;

/** Whose record, and whether with the numbers of documents. */
interface Wanted {
  readonly learner: string;
  readonly documents: 'none' | 'full';
}

/** A learner's record for another bank, and what another bank's file says. */
@Injectable()
export class Exchange {
  constructor(
    private readonly database: Database,
    private readonly learners: Learners,
    private readonly outcomes: Outcomes,
    private readonly institutions: Institutions,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** In the open exchange format. What was taken back is not part of it. */
  async document(principal: Principal, wanted: Wanted): Promise<ExchangeDocumentDto> {
    return { ...(await this.#collect(principal, wanted)) } as ExchangeDocumentDto;
  }

  /** The same as a workbook of one sheet. */
  async workbook(principal: Principal, wanted: Wanted): Promise<AsyncGenerator<Buffer>> {
    const document = await this.#collect(principal, wanted);
    const rows = exchangeRows(document).map((row) => row.map((text): OutputCell => ({ text })));
    const headers = EXCHANGE_COLUMNS.map(({ zh }) => zh);
    return writeXlsx({ name: '学习成果', headers, rows: inOrder(rows) });
  }

  /** The same as ELMO 1.7.0, signed by the bank. */
  async elmo(principal: Principal, wanted: Wanted): Promise<string> {
    const document = await this.#collect(principal, wanted);
    return signXml(writeElmo(document, this.config.publicUrl), await this.keys.current());
  }

  /** What a file of somebody says, as claims. Nothing of it is kept, and none of it is credit. */
  async read(request: FastifyRequest): Promise<ElmoReadingDto> {
    const files: Buffer[] = [];
    await readForm(request, [], async (file) => {
      const pieces: Buffer[] = [];
      let length = 0;
      for await (const piece of file.stream) {
        length += piece.length;
        if (length > MOST_BYTES) throw tooLarge();
        pieces.push(piece);
      }
      if (!file.isWhole()) throw tooLarge();
      files.push(Buffer.concat(pieces));
    });
    const [bytes] = files as [Buffer];
    // First by the strict reader: what builds a document of it afterwards sees nothing hostile.
    const tree = await readTree(bytes);
    const checked = checkXml(bytes.toString('utf8'));
    const reading = readElmo(
      checked === null ? tree : await readTree(Buffer.from(checked.signedXml, 'utf8')),
    );
    if (!reading) throw refusal('elmo-unknown');
    const fingerprint = checked?.fingerprint ?? null;
    const isOurs = fingerprint !== null && (await this.keys.isOurs(fingerprint));
    const state = isOurs ? 'this-bank' : fingerprint === null ? 'unsigned' : 'unknown-signer';
    return { signature: { state, keyFingerprint: fingerprint }, ...reading } as ElmoReadingDto;
  }

  #collect(principal: Principal, { learner, documents }: Wanted): Promise<ExchangeDocument> {
    return this.database.read(async (tx) => {
      const isWhole = documents === 'full';
      const fields = isWhole
        ? (['name', 'birth-date', 'outcomes', 'documents'] as const)
        : (['name', 'birth-date', 'outcomes'] as const);
      const reading = { purpose: 'exchange', fields } as const;
      const permit = await this.learners.admit(tx, principal, learner, reading);
      const { learnerId } = permit;
      const { name, birthDate } = await this.learners.profile(tx, permit);
      const own = isWhole ? await this.learners.ownDocuments(tx, principal, permit) : [];
      const known = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
      const held = await this.outcomes.listOf(tx, learnerId);
      return {
        format: EXCHANGE_FORMAT,
        issuedAt: this.clock.now().toISOString(),
        source: this.#source(),
        learner: { id: learnerId, name, documents: own, birthDate },
        records: held.flatMap((one) => recordOf(one, known)).toSorted(byPlace),
      };
    });
  }

  #source(): ExchangeDocument['source'] {
    const { host } = new URL(this.config.publicUrl);
    return { code: host, zh: '技能学分银行', en: 'Skills credit bank' };
  }
}

function recordOf(
  { outcome, definition, lot, state }: HeldOutcome,
  known: ReadonlyMap<string, Institution>,
): ExchangeRecord[] {
  const institution = known.get(outcome.institutionId);
  if (!institution || state === 'revoked') return [];
  const { code, kind, title, category, gradeScale, levelScale } = definition;
  const { zh, en } = institution.name;
  return [
    {
      externalId: outcome.externalId,
      institution: { code: institution.code, zh, en },
      outcome: { code, zh: title.zh, en: title.en, kind, category: category.code },
      startedOn: outcome.startedOn,
      completedOn: outcome.completedOn,
      grade: outcome.grade,
      gradeScale,
      level: outcome.level,
      levelScale,
      hours: outcome.minutes === null ? null : exactHours(outcome.minutes),
      credits: lot ? formatCredits(lot.deposited) : null,
      attendancePercent: outcome.attendancePercent,
      state,
      noCreditReason: outcome.noCreditReason,
    },
  ];
}

/** Null where three decimals cannot say it: a reader must not get other minutes than were stated. */
function exactHours(minutes: bigint): string | null {
  const text = formatHours(minutes);
  return parseHours(text) === minutes ? text : null;
}

/** The same record gives the same document, whatever order it was posted in. */
function byPlace(a: ExchangeRecord, b: ExchangeRecord): number {
  return (
    compare(a.institution.code, b.institution.code) ||
    compare(a.completedOn, b.completedOn) ||
    compare(a.externalId, b.externalId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tooLarge(): Error {
  return refusal('payload-too-large', { limit: `${MOST_BYTES / MIB} MiB` });
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
