import { randomFillSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, formatHours } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import { Catalogue, type CatalogueMatcher } from '../catalogue/index.js';
import { Learners, type LookedUpPerson, type ResolvedPerson } from '../learners/index.js';
import { type Claim, type DepositLine, Ledger } from '../ledger/index.js';
import { SALT_BYTES, saltedHash } from '../platform/crypto/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { hashIdInRun } from '../platform/ids/index.js';
import {
  type CompletionContent,
  type JudgedCompletion,
  type Judgement,
  contentHash,
  contentOf,
  differences,
  hashOf,
} from './completion.js';
import { BatchJudge } from './judge-batch.js';
import { type NewOutcome, OutcomesStore, type StoredOutcome } from './outcomes.store.js';
import { PostingGuards } from './posting-guards.js';

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
      /** The import that posted it; null when it came by another way. */
      readonly importId: string | null;
    }
  | { readonly status: 'conflict' | 'refused'; readonly problem: Problem };

/** What would become of one draft if it were posted now. */
export type CompletionCheck =
  | { readonly status: 'fit' }
  | { readonly status: 'duplicate'; readonly importId: string | null }
  | { readonly status: 'conflict' | 'refused'; readonly problem: Problem };

/** A draft that passed the catalogue and whose learner is known. */
interface Candidate {
  readonly index: number;
  readonly completion: JudgedCompletion;
  readonly learnerId: string;
  /** All accounts of the learner, where there are several. */
  readonly selves: readonly string[] | undefined;
  readonly lotId: string;
  readonly hash: Buffer;
  /** Blinds the commitment of the deposit. */
  readonly salt: Buffer;
}

interface Booked {
  readonly fresh: readonly Candidate[];
  readonly known: readonly Candidate[];
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
    private readonly guards: PostingGuards,
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
    const judged = await this.#judge(tx, batch);
    await this.#leaveOut(tx, batch, judged);
    const results: CompletionResult[] = Array.from({ length: judged.length });
    const candidates = await this.#resolveLearners(tx, batch, judged, results);
    const { fresh, known } = await this.#book(tx, batch, candidates);
    const { importId } = batch;
    for (const { index, lotId: outcomeId, learnerId } of fresh) {
      results[index] = { status: 'created', outcomeId, learnerId, importId };
    }
    for (const [index, result] of await this.#compareKnown(tx, known)) results[index] = result;
    await this.#addExemptions(tx, candidates, results);
    return results;
  }

  /** Says what {@link postBatch} would answer, and books nothing. */
  checkBatch(batch: CompletionBatch): Promise<CompletionCheck[]> {
    // One account a person, whichever school opened it: who somebody is cannot be asked at one school.
    return this.database.readAcrossTenants(async (tx) => {
      const judged = await this.#judge(tx, batch);
      await this.#leaveOut(tx, batch, judged);
      const people = await this.learners.lookup(
        tx,
        batch.drafts.map((draft) => draft.person),
        batch.institutionId,
      );
      const lotIds = batch.drafts.map((draft) => idOf(batch, draft));
      const claims = await this.ledger.claimsOf(tx, lotIds);
      const stored = await this.#readStored(tx, claims);
      const matcher = await this.catalogue.matcher(tx);
      return judged.map((judgement, index): CompletionCheck => {
        const person = people[index] as LookedUpPerson;
        if (!judgement.ok) return { status: 'refused', problem: judgement.problem };
        if (!person.ok) return { status: 'refused', problem: atPerson(person.problem) };
        const lotId = lotIds[index] as string;
        const claim = claims.get(lotId);
        if (claim === undefined) return { status: 'fit' };
        const owner = ownerAmong(person.selves, claim, person.learnerId ?? 'new');
        const content = contentOf(judgement.completion, owner);
        return compareWith(stored.get(claim.lotId), claim.learnerId, content, matcher);
      });
    });
  }

  async #judge(tx: EntityManager, batch: CompletionBatch): Promise<Judgement[]> {
    const matcher = await this.catalogue.matcher(tx);
    const judge = new BatchJudge(matcher, batch.institutionId, this.clock.today());
    return batch.drafts.map((draft) => judge.judge(draft));
  }

  /**
   * Before anybody is looked for: a file that is sent again must not bring an erased person back, and
   * no account is opened for whom nothing may be posted.
   */
  async #leaveOut(tx: EntityManager, batch: CompletionBatch, judged: Judgement[]): Promise<void> {
    const lotIds = batch.drafts.map((draft) => idOf(batch, draft));
    const erased = await this.store.listErased(tx, lotIds);
    for (const [index, lotId] of lotIds.entries()) {
      if (erased.has(lotId)) judged[index] = { ok: false, problem: { code: 'outcome-erased' } };
    }
    await this.guards.refuse(tx, batch, judged, lotIds);
  }

  async #resolveLearners(
    tx: EntityManager,
    batch: CompletionBatch,
    judged: readonly Judgement[],
    results: CompletionResult[],
  ): Promise<Candidate[]> {
    const passed: { index: number; completion: JudgedCompletion }[] = [];
    judged.forEach((judgement, index) => {
      if (judgement.ok) passed.push({ index, completion: judgement.completion });
      else results[index] = { status: 'refused', problem: judgement.problem };
    });
    const people = await this.learners.resolve(
      tx,
      passed.map(({ completion }) => completion.draft.person),
      batch.institutionId,
    );
    const candidates: Candidate[] = [];
    const salts = randomFillSync(Buffer.allocUnsafeSlow(passed.length * SALT_BYTES));
    passed.forEach(({ index, completion }, position) => {
      const person = people[position] as ResolvedPerson;
      if (!person.ok) {
        results[index] = { status: 'refused', problem: atPerson(person.problem) };
        return;
      }
      const { learnerId, selves } = person;
      const lotId = idOf(batch, completion.draft);
      const hash = hashOf(completion, learnerId);
      const salt = salts.subarray(position * SALT_BYTES, (position + 1) * SALT_BYTES);
      candidates.push({ index, completion, learnerId, selves, lotId, hash, salt });
    });
    return candidates;
  }

  /** Posts what is new, stores it, and says what was known. */
  async #book(
    tx: EntityManager,
    batch: CompletionBatch,
    candidates: readonly Candidate[],
  ): Promise<Booked> {
    if (candidates.length === 0) return { fresh: [], known: [] };
    const { actor, institutionId } = batch;
    const posted = await this.ledger.post(tx, { actor, institutionId }, candidates.map(toLine));
    const { fresh, known } = splitByClaim(candidates, posted.known);
    if (fresh.length > 0) await this.store.insertOutcomes(tx, batch, fresh.map(toOutcome));
    return { fresh, known };
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
      known.map(({ index, completion, lotId, learnerId, selves }): [number, CompletionResult] => {
        const claim = claims.get(lotId) as Claim;
        const content = contentOf(completion, ownerAmong(selves, claim, learnerId));
        const check = compareWith(stored.get(claim.lotId), claim.learnerId, content, matcher);
        if (check.status !== 'duplicate') return [index, check as CompletionResult];
        return [index, { ...check, outcomeId: claim.lotId, learnerId: claim.learnerId }];
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
    results: readonly CompletionResult[],
  ): Promise<void> {
    const exemptions = candidates
      .filter(({ index }) => 'outcomeId' in (results[index] ?? {}))
      .flatMap(({ completion, learnerId, lotId }) =>
        completion.draft.exemptions.map((exemption) => ({ learnerId, lotId, exemption })),
      );
    if (exemptions.length > 0) await this.store.insertExemptions(tx, exemptions);
  }
}

/** Of a person with several accounts, the one under which the record was posted before. */
function ownerAmong(
  selves: readonly string[] | undefined,
  claim: Claim,
  learnerId: string,
): string {
  return selves?.includes(claim.learnerId) ? claim.learnerId : learnerId;
}

/** What the ids of outcomes are hashed from, beside the institution and the external id. */
export const OUTCOME_ID_KIND = 'lot';

/** The identity of an outcome: for ever the same for an institution and its external id. */
export function lotIdOf(institutionId: string, externalId: string): string {
  return hashIdInRun(OUTCOME_ID_KIND, institutionId, externalId);
}

/** Files make the ids where they are read. */
function idOf({ institutionId }: CompletionBatch, { lotId, externalId }: CompletionDraft): string {
  return lotId ?? lotIdOf(institutionId, externalId);
}

function toLine({ completion, learnerId, lotId, hash, salt }: Candidate): DepositLine {
  return {
    learnerId,
    lotId,
    categoryId: completion.definition.category.id,
    amount: completion.credits,
    occurredOn: completion.draft.completedOn,
    expiresOn: completion.expiresOn,
    commitment: saltedHash(salt, hash),
  };
}

/** Candidates whose lot this batch took, each lot once, and those whose lot was known before. */
function splitByClaim(
  candidates: readonly Candidate[],
  known: ReadonlySet<string>,
): { fresh: readonly Candidate[]; known: readonly Candidate[] } {
  const taken = new Set(known);
  const again: Candidate[] = [];
  const fresh = candidates.filter((candidate) => {
    if (!taken.has(candidate.lotId)) return taken.add(candidate.lotId);
    again.push(candidate);
    return false;
  });
  return { fresh, known: again };
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
  if (stored && stored.contentHash.equals(contentHash(content))) {
    return { status: 'duplicate', importId: stored.importId };
  }
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
    ...(stored.circumstances && { circumstances: stored.circumstances }),
  };
}

function toOutcome({ completion, learnerId, lotId, hash, salt }: Candidate): NewOutcome {
  const { draft, definition, grade, level, noCreditReason } = completion;
  return {
    learnerId,
    lotId,
    definitionId: definition.id,
    externalId: draft.externalId,
    startedOn: draft.startedOn ?? null,
    completedOn: draft.completedOn,
    grade,
    level,
    minutes: draft.minutes,
    credits: draft.credits,
    attendancePercent: draft.attendancePercent,
    note: draft.note,
    circumstances: draft.circumstances ?? null,
    noCreditReason,
    contentHash: hash,
    salt,
  };
}
