import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, formatHours } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import { Catalogue, type CatalogueMatcher } from '../catalogue/index.js';
import { Learners, type LookedUpPerson, type ResolvedPerson } from '../learners/index.js';
import { type Claim, type DepositLine, type EntryRecord, Ledger } from '../ledger/index.js';
import { pooledRandomBytes } from '../platform/crypto/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { hashIdNear } from '../platform/ids/index.js';
import {
  type CompletionContent,
  type JudgedCompletion,
  contentHash,
  contentOf,
  differences,
  judge,
} from './completion.js';
import { OutcomesStore, type StoredOutcome } from './outcomes.store.js';

/** Completions of one institution that are booked (or checked) together. */
export interface CompletionBatch {
  readonly institutionId: string;
  readonly importId: string | null;
  /** Id of the account or key that posts. */
  readonly actor: string;
  readonly drafts: readonly CompletionDraft[];
}

/**
 * What became of one draft. `duplicate`: the same was posted before, and nothing changed.
 * `conflict`: the external id stands for other content. `refused`: the draft itself cannot stand.
 */
export type CompletionResult =
  | {
      readonly status: 'created' | 'duplicate';
      readonly outcomeId: string;
      readonly learnerId: string;
      /** The deposit; null when the outcome is registered without credit. */
      readonly entry: EntryRecord | null;
    }
  | { readonly status: 'conflict' | 'refused'; readonly problem: Problem };

/** What would become of one draft if it were posted now. */
export type CompletionCheck =
  | { readonly status: 'fit' | 'duplicate' }
  | { readonly status: 'conflict' | 'refused'; readonly problem: Problem };

/** A draft that passed the catalogue and whose learner is known. */
interface Candidate {
  readonly index: number;
  readonly completion: JudgedCompletion;
  readonly learnerId: string;
  readonly lotId: string;
  readonly content: CompletionContent;
  readonly hash: Buffer;
}

/** A candidate with what blinds its commitment. */
interface Salted extends Candidate {
  readonly salt: Buffer;
}

interface Booked {
  readonly fresh: readonly Candidate[];
  readonly known: readonly Candidate[];
  /** The deposit of each new lot that earns credit. */
  readonly deposits: ReadonlyMap<string, EntryRecord>;
}

/** The way every completion takes into the books: one JSON call, a file of a million rows, a seed. */
@Injectable()
export class Completions {
  constructor(
    private readonly database: Database,
    private readonly store: OutcomesStore,
    private readonly catalogue: Catalogue,
    private readonly learners: Learners,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Books a batch in one transaction; a bad draft stays out and harms no other. Sending the same
   * batch again books nothing and answers `duplicate`, so a broken connection is mended by a retry.
   * @returns one result per draft, in their order
   */
  postBatch(batch: CompletionBatch): Promise<CompletionResult[]> {
    return this.database.transaction((tx) => this.postWithin(tx, batch));
  }

  /** {@link postBatch} inside a transaction of the caller. */
  async postWithin(tx: EntityManager, batch: CompletionBatch): Promise<CompletionResult[]> {
    const matcher = await this.catalogue.matcher(tx);
    const judged = batch.drafts.map((draft) => this.#judge(matcher, draft, batch.institutionId));
    const results = new Map<number, CompletionResult>();
    const candidates = await this.#resolveLearners(tx, batch, judged, results);
    const { fresh, known, deposits } = await this.#book(tx, batch, candidates);
    for (const candidate of fresh) {
      const entry = deposits.get(candidate.lotId) ?? null;
      results.set(candidate.index, { status: 'created', ...identity(candidate), entry });
    }
    for (const [index, result] of await this.#compareKnown(tx, known)) results.set(index, result);
    await this.#addExemptions(tx, candidates, results);
    return batch.drafts.map((_, index) => results.get(index) as CompletionResult);
  }

  /** Says what {@link postBatch} would answer, and books nothing. */
  checkBatch(batch: CompletionBatch): Promise<CompletionCheck[]> {
    return this.database.read(async (tx) => {
      const matcher = await this.catalogue.matcher(tx);
      const judged = batch.drafts.map((draft) => this.#judge(matcher, draft, batch.institutionId));
      const people = await this.learners.lookup(
        tx,
        batch.drafts.map((draft) => draft.person),
        batch.institutionId,
      );
      const lotIds = batch.drafts.map((draft) => lotIdOf(batch.institutionId, draft.externalId));
      const claims = await this.ledger.claimsOf(tx, lotIds);
      const stored = await this.#readStored(tx, claims);
      return judged.map((judgement, index): CompletionCheck => {
        const person = people[index] as LookedUpPerson;
        if (!judgement.ok) return { status: 'refused', problem: judgement.problem };
        if (!person.ok) return { status: 'refused', problem: atPerson(person.problem) };
        const lotId = lotIds[index] as string;
        const claim = claims.get(lotId);
        if (claim === undefined) return { status: 'fit' };
        const content = contentOf(judgement.completion, person.learnerId ?? 'new');
        return compareWith(stored.get(claim.lotId), claim.learnerId, content, matcher);
      });
    });
  }

  #judge(
    matcher: CatalogueMatcher,
    draft: CompletionDraft,
    institutionId: string,
  ): ReturnType<typeof judge> {
    const match =
      'code' in draft.outcome ? matcher.byCode(draft.outcome.code) : matcher.byTitle(draft.outcome);
    if (!match.ok) return { ok: false, problem: atOutcome(match.problem) };
    const refused = matcher.mayPost(match.definition, institutionId, draft.completedOn);
    if (refused) return { ok: false, problem: atOutcome(refused) };
    return judge(draft, match.definition, this.clock.today());
  }

  async #resolveLearners(
    tx: EntityManager,
    batch: CompletionBatch,
    judged: ReturnType<typeof judge>[],
    results: Map<number, CompletionResult>,
  ): Promise<Candidate[]> {
    const passed: { index: number; completion: JudgedCompletion }[] = [];
    judged.forEach((judgement, index) => {
      if (judgement.ok) passed.push({ index, completion: judgement.completion });
      else results.set(index, { status: 'refused', problem: judgement.problem });
    });
    const people = await this.learners.resolve(
      tx,
      passed.map(({ completion }) => completion.draft.person),
      batch.institutionId,
    );
    return passed.flatMap(({ index, completion }, position): Candidate[] => {
      const person = people[position] as ResolvedPerson;
      if (!person.ok) {
        results.set(index, { status: 'refused', problem: atPerson(person.problem) });
        return [];
      }
      const content = contentOf(completion, person.learnerId);
      const lotId = lotIdOf(batch.institutionId, completion.draft.externalId);
      const hash = contentHash(content);
      return [{ index, completion, learnerId: person.learnerId, lotId, content, hash }];
    });
  }

  /** Posts what is new, stores it, and says what was known. */
  async #book(
    tx: EntityManager,
    batch: CompletionBatch,
    candidates: readonly Candidate[],
  ): Promise<Booked> {
    if (candidates.length === 0) return { fresh: [], known: [], deposits: new Map() };
    const salted = candidates.map((candidate) => ({ ...candidate, salt: pooledRandomBytes(16) }));
    const head = { actor: batch.actor, institutionId: batch.institutionId };
    const posted = await this.ledger.post(tx, head, salted.map(toLine));
    const { fresh, known } = splitByClaim(salted, posted.fresh);
    if (fresh.length > 0) {
      await this.store.insertOutcomes(
        tx,
        fresh.map((candidate) => toRecord(candidate, batch)),
      );
    }
    return { fresh, known, deposits: new Map(posted.entries.map((one) => [one.lotId, one])) };
  }

  /** Tells the same sent again from other content under a known external id. */
  async #compareKnown(
    tx: EntityManager,
    known: readonly Candidate[],
  ): Promise<Map<number, CompletionResult>> {
    if (known.length === 0) return new Map();
    const matcher = await this.catalogue.matcher(tx);
    // A second statement has a new snapshot: it sees what a concurrent winner has committed.
    const claims = await this.ledger.claimsOf(
      tx,
      known.map((candidate) => candidate.lotId),
    );
    const stored = await this.#readStored(tx, claims);
    return new Map(
      known.map(({ index, lotId, content }): [number, CompletionResult] => {
        const claim = claims.get(lotId) as Claim;
        const check = compareWith(stored.get(claim.lotId), claim.learnerId, content, matcher);
        if (check.status !== 'duplicate') return [index, check as CompletionResult];
        const { lotId: outcomeId, learnerId } = claim;
        return [index, { status: 'duplicate', outcomeId, learnerId, entry: null }];
      }),
    );
  }

  async #readStored(
    tx: EntityManager,
    claims: ReadonlyMap<string, Claim>,
  ): Promise<Map<string, StoredOutcome>> {
    if (claims.size === 0) return new Map();
    const outcomes = await this.store.findMany(tx, [...claims.values()]);
    return new Map(outcomes.map((outcome) => [outcome.lotId, outcome]));
  }

  async #addExemptions(
    tx: EntityManager,
    candidates: readonly Candidate[],
    results: ReadonlyMap<number, CompletionResult>,
  ): Promise<void> {
    const exemptions = candidates
      .filter(({ index }) => 'outcomeId' in (results.get(index) ?? {}))
      .flatMap(({ completion, learnerId, lotId }) =>
        completion.draft.exemptions.map((exemption) => ({ learnerId, lotId, exemption })),
      );
    if (exemptions.length > 0) await this.store.insertExemptions(tx, exemptions);
  }
}

/** External ids that differ in their last characters only are a run, and their lots neighbours. */
const RUN_CHARACTERS = 3;

/** The identity of an outcome: for ever the same for an institution and its external id. */
export function lotIdOf(institutionId: string, externalId: string): string {
  // By characters, as the database counts them, where they are not one code unit each.
  const run = /[\ud800-\udfff]/.test(externalId)
    ? [...externalId].slice(0, -RUN_CHARACTERS).join('')
    : externalId.slice(0, -RUN_CHARACTERS);
  return hashIdNear(`lots|${institutionId}|${run}`, `lot|${institutionId}|${externalId}`);
}

function toLine({ completion, learnerId, lotId, hash, salt }: Salted): DepositLine {
  return {
    learnerId,
    lotId,
    categoryId: completion.definition.category.id,
    amount: completion.credits,
    occurredOn: completion.draft.completedOn,
    expiresOn: completion.expiresOn,
    commitment: createHash('sha256').update(salt).update(hash).digest(),
  };
}

/** Candidates whose lot this batch took, each lot once, and those whose lot was known before. */
function splitByClaim(
  candidates: readonly Salted[],
  claimed: ReadonlySet<string>,
): { fresh: Salted[]; known: Salted[] } {
  const open = new Set(claimed);
  const fresh: Salted[] = [];
  const known: Salted[] = [];
  for (const candidate of candidates)
    (open.delete(candidate.lotId) ? fresh : known).push(candidate);
  return { fresh, known };
}

function identity(candidate: Candidate): { outcomeId: string; learnerId: string } {
  return { outcomeId: candidate.lotId, learnerId: candidate.learnerId };
}

function atOutcome(problem: Problem): Problem {
  const { code, params } = problem;
  return { ...problem, faults: [{ pointer: '/outcome', code, ...(params && { params }) }] };
}

const ABOUT_THE_NAME: readonly string[] = [
  'name-mismatch',
  'value-missing',
  'value-too-long',
  'control-character',
];

/** Problems about a person come from the identity rules, which know no fields. */
function atPerson(problem: Problem): Problem {
  const { code, params } = problem;
  const pointer = ABOUT_THE_NAME.includes(code) ? '/learner/name' : '/learner/document/number';
  return { ...problem, faults: [{ pointer, code, ...(params && { params }) }] };
}

function compareWith(
  stored: StoredOutcome | undefined,
  owner: string,
  content: CompletionContent,
  matcher: CatalogueMatcher,
): CompletionCheck {
  if (stored && stored.contentHash.equals(contentHash(content))) return { status: 'duplicate' };
  if (owner !== content.learnerId || !stored) {
    return {
      status: 'conflict',
      problem: {
        code: 'external-id-of-another-learner',
        faults: [{ pointer: '/externalId', code: 'external-id-of-another-learner' }],
      },
    };
  }
  const before = storedContent(stored, matcher);
  const params = { differences: differences(before, content).join(', ') };
  return {
    status: 'conflict',
    problem: {
      code: 'completion-conflict',
      params,
      faults: [{ pointer: '/externalId', code: 'completion-conflict', params }],
      members: {
        stored: before,
        submitted: content,
        differences: differences(before, content),
      },
    },
  };
}

function storedContent(stored: StoredOutcome, matcher: CatalogueMatcher): CompletionContent {
  return {
    learnerId: stored.learnerId,
    outcome: matcher.byId(stored.definitionId)?.code ?? stored.definitionId,
    completedOn: stored.completedOn,
    grade: stored.grade,
    level: stored.level,
    hours: stored.minutes === null ? null : formatHours(stored.minutes),
    credits: stored.credits === null ? null : formatCredits(stored.credits),
    attendancePercent: stored.attendancePercent,
    note: stored.note,
    ...(stored.startedOn && { startedOn: stored.startedOn }),
  };
}

function toRecord(
  { completion, learnerId, lotId, hash, salt }: Salted,
  batch: CompletionBatch,
): Parameters<OutcomesStore['insertOutcomes']>[1][number] {
  const { draft, definition } = completion;
  return {
    learnerId,
    lotId,
    definitionId: definition.id,
    institutionId: batch.institutionId,
    externalId: draft.externalId,
    startedOn: draft.startedOn ?? null,
    completedOn: draft.completedOn,
    grade: completion.grade,
    level: completion.level,
    minutes: draft.minutes,
    credits: draft.credits,
    attendancePercent: draft.attendancePercent,
    note: draft.note,
    noCreditReason: completion.noCreditReason,
    contentHash: hash,
    salt,
    importId: batch.importId,
  };
}
