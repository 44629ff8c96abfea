import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Persons } from '../access/index.js';
import { History } from '../history/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Proposables } from './proposables.js';
import { type NewProposal, type Proposal, hasRole, stateOf } from './proposal.js';
import type { ProposalDetailDto, ProposalDto, ProposalsQuery, WhyNot } from './proposals.dto.js';
import { ProposalsStore } from './proposals.store.js';
import { toProposalDto } from './proposals.views.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What takes two people: one proposes, another of the same institution confirms or refuses. */
@Injectable()
export class Proposals {
  constructor(
    private readonly database: Database,
    private readonly store: ProposalsStore,
    private readonly proposables: Proposables,
    private readonly persons: Persons,
    private readonly history: History,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Writes a proposal down, in the transaction of the caller, who has checked that the principal may
   * do it with a second person. Refuses (`proposal-open`) while another one is open for the subject.
   */
  async propose(
    tx: EntityManager,
    principal: Principal,
    wanted: NewProposal,
  ): Promise<ProposalDto> {
    await this.store.lockSubject(tx, wanted.kind, wanted.subjectId);
    const now = this.clock.now();
    const open = await this.store.findOpen(tx, wanted, now);
    if (open) {
      throw new Refusal({ code: 'proposal-open', members: { proposal: open.id } });
    }
    const proposal = {
      ...wanted,
      id: newId(),
      proposedBy: principal.id,
      proposedByName: principal.name,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + this.config.twoPeople.proposalDays * DAY_MS),
    };
    await this.store.insert(tx, proposal);
    await this.#note(tx, principal, proposal, {
      action: 'proposed',
      after: { state: 'open', kind: proposal.kind, subject: proposal.subjectId, why: proposal.why },
    });
    return this.#show(tx, proposal.id);
  }

  /** The newest first: of the principal's institution, and of all for an overseer. */
  async list(principal: Principal, query: ProposalsQuery): Promise<Page<ProposalDto>> {
    const before = idCursor(query.after);
    const now = this.clock.now();
    const rows = await this.database.read((tx) =>
      this.store.list(tx, {
        institutionId: isOverseer(principal) ? undefined : principal.institutionId,
        openAt: query.open === true ? now : null,
        before,
        limit: query.limit + 1,
      }),
    );
    const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
    return { items: page.items.map((one) => toProposalDto(one, now)), next: page.next };
  }

  /** Throws `not-found` for another institution's. */
  show(principal: Principal, id: string): Promise<ProposalDetailDto> {
    return this.database.read(async (tx) => {
      const proposal = isUuid(id) ? await this.store.find(tx, id) : undefined;
      if (!proposal || !maySee(principal, proposal)) throw notFound();
      const { roles, isBankWide = false } = this.proposables.of(proposal.kind);
      return {
        ...toProposalDto(proposal, this.clock.now()),
        about: { ...proposal.content },
        deciders: [...roles],
        isBankWide,
        whyNot: await this.#whyNot(tx, principal, proposal),
      };
    });
  }

  /** What {@link confirm} would refuse, without trying; null for nothing. */
  async #whyNot(
    tx: EntityManager,
    principal: Principal,
    proposal: Proposal,
  ): Promise<WhyNot | null> {
    if (stateOf(proposal, this.clock.now()) !== 'open') return 'closed';
    if (await this.persons.isAmong(tx, principal, [proposal.proposedBy])) return 'proposer';
    const { roles, isBankWide = false } = this.proposables.of(proposal.kind);
    if (!isBankWide && proposal.institutionId !== principal.institutionId) {
      return 'other-institution';
    }
    return hasRole(principal, roles) ? null : 'other-role';
  }

  /**
   * A second person agrees, and it is done in the same transaction: all of it or nothing. Refuses
   * who proposed it, by whatever account or key (`confirmer-is-proposer`), another digest than the
   * one proposed, and a cascade that has changed since (`proposal-differs`).
   */
  confirm(principal: Principal, id: string, digest: string): Promise<ProposalDto> {
    return this.database.transaction(async (tx) => {
      const proposal = await this.#locked(tx, principal, id);
      if (await this.persons.isAmong(tx, principal, [proposal.proposedBy])) {
        throw refusal('confirmer-is-proposer', { name: proposal.proposedByName });
      }
      if (proposal.digest.toString('hex') !== digest) throw refusal('proposal-differs');
      const { content, digest: seen, reason, proposedBy } = proposal;
      const resultId = await this.proposables
        .of(proposal.kind)
        .carryOut(tx, { content, digest: seen, reason, proposedBy, principal });
      await this.#decide(tx, principal, proposal, { verdict: 'confirmed', resultId });
      return this.#show(tx, id);
    });
  }

  /** Whoever may confirm refuses; whoever proposed it takes it back. Nothing is changed. */
  refuse(principal: Principal, id: string, reason: string): Promise<ProposalDto> {
    return this.database.transaction(async (tx) => {
      const proposal = await this.#locked(tx, principal, id);
      const isOwn = await this.persons.isAmong(tx, principal, [proposal.proposedBy]);
      const verdict = isOwn ? 'withdrawn' : 'refused';
      await this.#decide(tx, principal, proposal, { verdict, reason });
      return this.#show(tx, id);
    });
  }

  /** An open proposal that the principal may decide; nobody else decides it meanwhile. */
  async #locked(tx: EntityManager, principal: Principal, id: string): Promise<Proposal> {
    const found = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!found || !maySee(principal, found)) throw notFound();
    const { roles, isBankWide = false } = this.proposables.of(found.kind);
    const isOurs = isBankWide || found.institutionId === principal.institutionId;
    if (!isOurs || !hasRole(principal, roles)) {
      throw refusal('not-allowed', { roles: roles.join(', ') });
    }
    await this.store.lockSubject(tx, found.kind, found.subjectId);
    const proposal = (await this.store.find(tx, id)) as Proposal;
    const state = stateOf(proposal, this.clock.now());
    if (state !== 'open') throw refusal('proposal-closed', { state });
    return proposal;
  }

  async #decide(
    tx: EntityManager,
    principal: Principal,
    proposal: Proposal,
    decision: {
      verdict: NonNullable<Proposal['verdict']>;
      resultId?: string;
      reason?: string;
    },
  ): Promise<void> {
    const { verdict, resultId = null, reason = null } = decision;
    const isFirst = await this.store.decide(tx, proposal.id, {
      verdict,
      resultId,
      reason,
      decidedBy: principal.id,
      decidedByName: principal.name,
      decidedAt: this.clock.now(),
    });
    if (!isFirst) throw refusal('proposal-closed', { state: 'decided' });
    const { kind, subjectId: subject, proposedBy } = proposal;
    await this.#note(tx, principal, proposal, {
      action: verdict,
      before: { state: 'open', kind, subject, proposedBy },
      after: { state: verdict, kind, subject, resultId },
    });
  }

  #note(
    tx: EntityManager,
    principal: Principal,
    { id, institutionId }: Pick<Proposal, 'id' | 'institutionId'>,
    change: { action: string; before?: object; after: object },
  ): Promise<void> {
    return this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'proposal', id },
      ...change,
    });
  }

  async #show(tx: EntityManager, id: string): Promise<ProposalDto> {
    return toProposalDto((await this.store.find(tx, id)) as Proposal, this.clock.now());
  }
}

/** The authority and the operator see every proposal; everybody else their institution's. */
function maySee(principal: Principal, { institutionId }: Proposal): boolean {
  if (isOverseer(principal)) return true;
  return institutionId !== null && institutionId === principal.institutionId;
}
