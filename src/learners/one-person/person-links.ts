import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { sha256 } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { Refusal, notFound, refusal } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { type Confirmed, Proposables, type ProposalDto, Proposals } from '../../proposals/index.js';
import { Reads } from '../access/reads.js';
import { institutionOf } from '../counter/counter-sessions.js';
import { Presence, type PresentPerson, assertNamesNobody } from '../counter/presence.js';
import { Keepers, type Sides } from '../keepers.js';
import { LearnersStore } from '../learners.store.js';
import type { NewMergeDto, PersonLinkDto } from './person-links.dto.js';
import { type PersonLinkWithEnd, PersonLinksStore } from './person-links.store.js';
import { selvesBy } from './selves.js';

/** The kinds of proposals about who is one person. */
const MERGE = 'person-merge';
const SPLIT = 'person-split';

interface MergeContent {
  readonly survivorId: string;
  readonly absorbedId: string;
}

interface SplitContent {
  readonly linkId: string;
}

/**
 * Two accounts that are found to be one person, and two people who were taken for one. Decided by two
 * people, written as an entry; nothing of either account is moved or changed.
 */
@Injectable()
export class PersonLinks implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: PersonLinksStore,
    private readonly learners: LearnersStore,
    private readonly presence: Presence,
    private readonly reads: Reads,
    private readonly keepers: Keepers,
    private readonly proposals: Proposals,
    private readonly proposables: Proposables,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const roles = ['clerk', 'authority'] as const;
    this.proposables.register<MergeContent>({
      kind: MERGE,
      roles,
      carryOut: (tx, confirmed) => this.#merge(tx, confirmed),
    });
    this.proposables.register<SplitContent>({
      kind: SPLIT,
      roles,
      carryOut: (tx, confirmed) => this.#split(tx, confirmed),
    });
    this.keepers.register({
      section: 'personLinks',
      export: async (tx, learnerId) => (await this.store.listOf(tx, [learnerId])).map(toDto),
    });
  }

  /** Proposes that two people with a document each are one; another person confirms. */
  async proposeMerge(principal: Principal, wanted: NewMergeDto): Promise<ProposalDto> {
    const institutionId = institutionOf(principal);
    assertNamesNobody(wanted.reason);
    // Written down for good: a refusal tells something of both as well.
    const found = await this.database.transaction(async (tx) => ({
      survivorId: await this.#known(tx, principal, wanted.survivor),
      absorbedId: await this.#known(tx, principal, wanted.other),
    }));
    return this.database.transaction(async (tx) => {
      const { survivorId, absorbedId } = found;
      await this.#assertMergeable(tx, survivorId, absorbedId);
      return this.proposals.propose(tx, principal, {
        institutionId,
        kind: MERGE,
        subjectId: absorbedId,
        content: { survivorId, absorbedId } satisfies MergeContent,
        summary: { accounts: 2 },
        why: ['one-person'],
        digest: sha256(`${MERGE} ${survivorId} ${absorbedId}`),
        reason: wanted.reason,
      });
    });
  }

  /** Proposes that a merge was wrong; another person confirms. */
  proposeSplit(principal: Principal, linkId: string, reason: string): Promise<ProposalDto> {
    const institutionId = institutionOf(principal);
    assertNamesNobody(reason);
    return this.database.transaction(async (tx) => {
      const link = await this.#readable(tx, principal, linkId);
      await this.#assertSplittable(tx, link);
      return this.proposals.propose(tx, principal, {
        institutionId,
        kind: SPLIT,
        subjectId: link.id,
        content: { linkId: link.id } satisfies SplitContent,
        summary: { accounts: 2 },
        why: ['one-person'],
        digest: sha256(`${SPLIT} ${link.id}`),
        reason,
      });
    });
  }

  /** One entry, for the institution that wrote it, the authority and the learner. */
  show(principal: Principal, id: string): Promise<PersonLinkDto> {
    return this.database.read(async (tx) => toDto(await this.#readable(tx, principal, id)));
  }

  async #merge(
    tx: EntityManager,
    { content, proposedBy, principal }: Confirmed<MergeContent>,
  ): Promise<string> {
    const { survivorId, absorbedId } = content;
    await this.#lock(tx, [survivorId, absorbedId]);
    await this.#assertMergeable(tx, survivorId, absorbedId);
    return this.#write(tx, { action: 'merge', survivorId, absorbedId, undoesId: null }, [
      proposedBy,
      principal,
    ]);
  }

  async #split(
    tx: EntityManager,
    { content, proposedBy, principal }: Confirmed<SplitContent>,
  ): Promise<string> {
    const found = await this.store.find(tx, content.linkId);
    if (!found) throw notFound();
    const { survivorId, absorbedId, id: undoesId } = found;
    await this.#lock(tx, [survivorId, absorbedId]);
    // What the locks have waited for may have undone it.
    await this.#assertSplittable(tx, (await this.store.find(tx, undoesId)) as PersonLinkWithEnd);
    return this.#write(tx, { action: 'split', survivorId, absorbedId, undoesId }, [
      proposedBy,
      principal,
    ]);
  }

  async #write(
    tx: EntityManager,
    link: Pick<PersonLinkWithEnd, 'action' | 'survivorId' | 'absorbedId' | 'undoesId'>,
    [proposedBy, principal]: readonly [string, Principal],
  ): Promise<string> {
    const id = newId();
    const institutionId = institutionOf(principal);
    const recordedAt = this.clock.now();
    await this.store.insert(tx, {
      ...link,
      id,
      institutionId,
      proposedBy,
      confirmedBy: principal.id,
      recordedAt,
    });
    const accounts = await this.#accountsOf(tx, [link.survivorId, link.absorbedId]);
    const links = await this.store.listOf(tx, accounts);
    for (const account of accounts) await this.store.setSelves(tx, selvesBy(links, account));
    // Both are told, under what they are now.
    for (const learnerId of [link.survivorId, link.absorbedId]) {
      await this.#note(tx, principal, learnerId, id);
    }
    return id;
  }

  /** Accounts of the two people, as they are before the entry. */
  async #accountsOf(tx: EntityManager, learnerIds: readonly string[]): Promise<string[]> {
    const accounts = new Set<string>();
    for (const id of learnerIds) {
      const person = await this.learners.whole(tx, id);
      for (const self of person?.selves ?? [id]) accounts.add(self);
    }
    return [...accounts];
  }

  /** Applications and credit first, as everybody does; then the people themselves. */
  async #lock(tx: EntityManager, learnerIds: readonly string[]): Promise<void> {
    const sorted = learnerIds.toSorted((a, b) => (a < b ? -1 : 1));
    for (const id of sorted) await this.keepers.lock(tx, id);
    await this.store.lockPeople(tx, await this.#accountsOf(tx, sorted));
  }

  async #assertMergeable(tx: EntityManager, survivorId: string, absorbedId: string): Promise<void> {
    const survivor = await this.learners.whole(tx, survivorId);
    const absorbed = await this.learners.whole(tx, absorbedId);
    if (survivor?.standing !== 'active' || absorbed?.standing !== 'active') {
      throw refusal('merge-frozen');
    }
    if (survivor.selves[0] === absorbed.selves[0]) throw refusal('merge-same-person');
    // Only surviving accounts are merged: entries then form trees, and one undone lets one tree go.
    if (survivor.selves[0] !== survivorId || absorbed.selves[0] !== absorbedId) {
      throw refusal('merge-same-person');
    }
    await this.#assertFree(tx, 'merge', { survivor: survivor.selves, absorbed: absorbed.selves });
  }

  async #assertSplittable(tx: EntityManager, link: PersonLinkWithEnd): Promise<void> {
    if (link.action !== 'merge') throw notFound();
    if (link.undoneBy !== null) throw refusal('split-done');
    const person = await this.learners.whole(tx, link.survivorId);
    if (person?.standing !== 'active') throw refusal('merge-frozen');
    const links = await this.store.listOf(tx, person.selves);
    const rest = links.map((one) => (one.id === link.id ? { ...one, undoneBy: link.id } : one));
    const survivor = selvesBy(rest, link.survivorId);
    const absorbed = selvesBy(rest, link.absorbedId);
    await this.#assertFree(tx, 'split', { survivor, absorbed });
  }

  async #assertFree(tx: EntityManager, what: 'merge' | 'split', sides: Sides): Promise<void> {
    const problem = await this.keepers.forbids(tx, what, sides);
    if (problem) throw new Refusal(problem);
  }

  /** The surviving account of somebody whom the bank knows. */
  async #known(tx: EntityManager, principal: Principal, person: PresentPerson): Promise<string> {
    const learnerId = await this.presence.find(tx, person, institutionOf(principal));
    if (learnerId === null) throw notFound();
    await this.#note(tx, principal, learnerId, null);
    return learnerId;
  }

  async #note(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reference: string | null,
  ): Promise<void> {
    await this.reads.admitBy(tx, principal, learnerId, {
      purpose: 'person-link',
      fields: ['name', 'documents', 'outcomes', 'applications'],
      right: { ground: 'counter', reference },
    });
  }

  async #readable(tx: EntityManager, principal: Principal, id: string): Promise<PersonLinkWithEnd> {
    const link = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!link) throw notFound();
    const isParty = isSelf(principal, link.survivorId) || isSelf(principal, link.absorbedId);
    const isOffice = principal.institutionId === link.institutionId;
    const isStaff = principal.roles.includes('clerk') && isOffice;
    if (!isParty && !isStaff && !principal.roles.includes('authority')) throw notFound();
    return link;
  }
}

function toDto(link: PersonLinkWithEnd): PersonLinkDto {
  return {
    id: link.id,
    action: link.action,
    survivorId: link.survivorId,
    absorbedId: link.absorbedId,
    undoes: link.undoesId,
    undoneBy: link.undoneBy,
    at: link.recordedAt.toISOString(),
  };
}
