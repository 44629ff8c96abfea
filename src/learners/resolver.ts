import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { documentKey, nameKey } from '#libs/identity';
import type { Problem } from '#libs/problems';
import { Clock } from '../platform/clock/index.js';
import { bucketOf } from '../platform/ids/index.js';
import {
  type KnownLearner,
  type LearnerKey,
  LearnersStore,
  type WholePerson,
} from './learners.store.js';
import type { LookedUpPerson, PersonRef, ResolvedPerson } from './person.js';
import { type NamedDocument, type Roll, rollOf } from './roll.js';
import { Vault } from './vault.js';

/** The learner of a document, as this call knows it; `created` when this call opened the account. */
interface Settled extends KnownLearner {
  readonly created: boolean;
}

type Refused = { readonly ok: false; readonly problem: Problem };

/** Turns many stated people into learners with a handful of set-based statements. */
@Injectable()
export class Resolver {
  constructor(
    private readonly store: LearnersStore,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async resolve(
    tx: EntityManager,
    people: readonly PersonRef[],
    institutionId: string,
  ): Promise<ResolvedPerson[]> {
    const roll = this.#roll(people, institutionId);
    const settled = await this.#settle(tx, roll.documents, institutionId);
    await this.#nameTheUnnamed(tx, roll.documents, settled);
    const roster = await this.store.onRoster(tx, roll.byId, institutionId);
    const members = new Set(roster.keys());
    for (const { learnerId, isMember } of settled.values()) if (isMember) members.add(learnerId);

    const answers: ResolvedPerson[] = [];
    for (const named of roll.documents) {
      const learner = settled.get(named.key) as Settled;
      const { created } = learner;
      this.#answer(answers, named, learner, { ok: true, created, ...placeOf(learner) });
    }
    for (const { position, learnerId } of roll.byId) {
      answers[position] = byStanding(roster.get(learnerId), { created: false });
    }
    await this.store.register(tx, joining(answers, members), institutionId);
    return withFaults(answers, roll);
  }

  /** Changes nothing. */
  async lookup(
    tx: EntityManager,
    people: readonly PersonRef[],
    institutionId: string | null,
  ): Promise<LookedUpPerson[]> {
    const roll = this.#roll(people, institutionId);
    const known = await this.#find(tx, roll.documents, institutionId);
    const roster = institutionId
      ? await this.store.onRoster(tx, roll.byId, institutionId)
      : new Map<string, WholePerson>();

    const answers: LookedUpPerson[] = [];
    for (const named of roll.documents) {
      const learner = known.get(named.key);
      this.#answer(answers, named, learner, { ok: true, ...whoIs(learner) });
    }
    for (const { position, learnerId } of roll.byId) {
      const found = byStanding(roster.get(learnerId), {});
      answers[position] = found.ok ? { ok: true, ...whoIs(found) } : found;
    }
    return withFaults(answers, roll);
  }

  #roll(people: readonly PersonRef[], school: string | null): Roll {
    const indexOf = (key: string): Buffer => this.vault.indexOf(key);
    return rollOf(people, { indexOf, school, today: this.clock.today() });
  }

  /** The learner of every document; opens the missing accounts. */
  async #settle(
    tx: EntityManager,
    documents: readonly NamedDocument[],
    institutionId: string,
  ): Promise<Map<string, Settled>> {
    const settled = new Map<string, Settled>();
    const addKnown = async (unknown: readonly NamedDocument[]): Promise<void> => {
      for (const [key, learner] of await this.#find(tx, unknown, institutionId)) {
        settled.set(key, { ...learner, created: false });
      }
    };
    await addKnown(documents);
    // Latin1 text is in the order of the bytes it stands for.
    const missing = documents
      .filter((named) => !settled.has(named.key))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    if (missing.length === 0) return settled;

    const sealed = missing.map(({ key, document, name }) =>
      this.vault.sealLearner(key, document, name),
    );
    const { indexVersion } = this.vault;
    const claimed = await this.store.claimIdentities(tx, sealed, { institutionId, indexVersion });
    const opened = sealed.filter((learner) => claimed.has(learner.learnerId));
    await this.store.insertLearners(tx, opened, indexVersion);
    for (const { key, bucket, learnerId, nameCheck } of opened) {
      const isNew = { isMember: false, isFrozen: false, created: true, selves: null };
      settled.set(key, { bucket, learnerId, nameCheck, ...isNew });
    }
    // Somebody else opened these accounts since the first look; their transactions have ended.
    await addKnown(missing.filter(({ key }) => !settled.has(key)));
    return settled;
  }

  /**
   * Known learners by the index of their documents. While the index key is replaced, those who are
   * not yet filed under the new one are found under the older: both are asked for by one statement,
   * because between two the rotation may take a person from the place that is still to be looked at
   * to the one that was empty a moment ago.
   */
  async #find(
    tx: EntityManager,
    documents: readonly NamedDocument[],
    institutionId: string | null,
  ): Promise<Map<string, KnownLearner>> {
    const presentKeyOf = new Map<string, string>();
    for (const { key, document } of documents) {
      presentKeyOf.set(key, key);
      for (const index of this.vault.olderIndexesOf(documentKey(document, institutionId))) {
        presentKeyOf.set(index.toString('latin1'), key);
      }
    }
    const found = await this.store.findByIndexes(tx, [...presentKeyOf.keys()], institutionId);
    return new Map(
      [...found].map(([index, learner]) => [presentKeyOf.get(index) as string, learner]),
    );
  }

  /** A learner without a name takes the first one stated. */
  async #nameTheUnnamed(
    tx: EntityManager,
    documents: readonly NamedDocument[],
    settled: Map<string, Settled>,
  ): Promise<void> {
    const unnamed = new Map<string, NamedDocument & { name: string }>();
    for (const named of documents) {
      const learner = settled.get(named.key) as Settled;
      const { name } = named;
      // Two documents of one learner: the first one's name wins, the other is compared with it.
      if (learner.isFrozen) continue;
      if (name !== null && learner.nameCheck === null && !unnamed.has(learner.learnerId)) {
        unnamed.set(learner.learnerId, { ...named, name });
      }
    }
    if (unnamed.size === 0) return;

    const keys = [...settled.values()].filter(({ learnerId }) => unnamed.has(learnerId));
    const checks = new Map<string, Buffer>();
    const names = (await this.store.lockPeople(tx, keys)).flatMap((person) => {
      const { bucket, learnerId, wrappedKey } = person;
      const name = (unnamed.get(learnerId) as { name: string }).name;
      const nameCheck = person.nameCheck ?? this.vault.nameCheck(learnerId, name);
      checks.set(learnerId, nameCheck);
      if (person.nameCheck) return [];
      const nameSealed = this.vault.sealName(learnerId, wrappedKey, name);
      return [{ bucket, learnerId, nameSealed, nameCheck }];
    });
    await this.store.setNames(tx, names, this.vault.indexVersion);
    for (const [key, learner] of settled) {
      const nameCheck = checks.get(learner.learnerId);
      if (nameCheck) settled.set(key, { ...learner, nameCheck });
    }
  }

  /** Gives everybody named by one document the same answer, or `name-mismatch`. */
  #answer<T>(
    answers: (T | Refused)[],
    named: NamedDocument,
    learner: Partial<Settled> | undefined,
    found: T,
  ): void {
    if (learner?.isFrozen) {
      for (const { position } of named.mentions) answers[position] = frozen();
      return;
    }
    const verdicts = new Map<string, boolean>();
    const agrees = (name: string): boolean => {
      const key = nameKey(name);
      let verdict = verdicts.get(key);
      if (verdict === undefined) {
        verdict = this.#isNameOf(learner, name, named.name as string);
        verdicts.set(key, verdict);
      }
      return verdict;
    };
    for (const { position, name } of named.mentions) {
      const refused: Refused = { ok: false, problem: { code: 'name-mismatch' } };
      answers[position] = name === null || agrees(name) ? found : refused;
    }
  }

  /** `firstName` stands in for a learner who is new, or who takes the first name stated. */
  #isNameOf(learner: Partial<Settled> | undefined, name: string, firstName: string): boolean {
    if (!learner?.nameCheck || !learner.learnerId || learner.created) {
      return nameKey(name) === nameKey(firstName);
    }
    return this.vault.isNameOf(learner.learnerId, name, learner.nameCheck);
  }
}

/** Where the rows of a person go now: to the surviving account, whichever was named. */
interface Place {
  readonly learnerId: string;
  readonly bucket: number;
  readonly selves?: readonly string[];
}

function placeOf({ learnerId, selves }: Pick<KnownLearner, 'learnerId' | 'selves'>): Place {
  if (!selves) return { learnerId, bucket: bucketOf(learnerId) };
  return { learnerId: selves[0], bucket: bucketOf(selves[0]), selves };
}

/** Who it is, for somebody who books nothing. */
function whoIs(
  learner: { readonly learnerId: string; readonly selves?: readonly string[] | null } | undefined,
): { learnerId: string | null; selves?: readonly string[] } {
  if (!learner?.selves) return { learnerId: learner?.learnerId ?? null };
  return { learnerId: learner.selves[0] ?? learner.learnerId, selves: learner.selves };
}

function byStanding<T>(
  person: WholePerson | undefined,
  found: T,
): (T & Place & { ok: true }) | Refused {
  if (person?.standing === 'frozen') return frozen();
  if (!person) return { ok: false, problem: { code: 'unknown-learner' } };
  const { selves } = person;
  const place = placeOf({ learnerId: selves[0], selves: selves.length > 1 ? selves : null });
  return { ok: true, ...found, ...place };
}

function frozen(): Refused {
  return { ok: false, problem: { code: 'learner-frozen' } };
}

function withFaults<T>(answers: (T | Refused)[], roll: Roll): (T | Refused)[] {
  for (const [position, problem] of roll.faults) answers[position] = { ok: false, problem };
  return answers;
}

/** Learners that the roster lacks, once each, in the order of their keys. */
function joining(answers: readonly ResolvedPerson[], members: ReadonlySet<string>): LearnerKey[] {
  const joining = new Map<string, LearnerKey>();
  for (const answer of answers) {
    // Positions of people at fault are still holes here.
    if (answer?.ok && !members.has(answer.learnerId)) joining.set(answer.learnerId, answer);
  }
  return [...joining.values()].toSorted(
    (a, b) => a.bucket - b.bucket || (a.learnerId < b.learnerId ? -1 : 1),
  );
}
