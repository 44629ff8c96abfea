import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import type {
  NewInstitutionDto,
  OpenedInstitutionDto,
  PlacementDto,
} from './administration.dto.js';
import type { Institution, Tier } from './institution.js';
import type { InstitutionDto } from './institutions.dto.js';
import { Institutions } from './institutions.service.js';
import { InstitutionsStore, type Placement } from './institutions.store.js';
import { toInstitutionDto } from './institutions.views.js';
import { Invitations } from './members/invitations.service.js';

/** What each tier may belong to. */
const UPPER: Readonly<Record<Tier, readonly Tier[]>> = {
  centre: [],
  'sub-centre': ['centre'],
  'member-unit': ['centre', 'sub-centre'],
};

/** What the authority and the operator do with institutions. */
@Injectable()
export class InstitutionAdministration {
  constructor(
    private readonly database: Database,
    private readonly store: InstitutionsStore,
    private readonly institutions: Institutions,
    private readonly invitations: Invitations,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Opens an institution and invites its first manager. Refuses as {@link openWithin}. */
  open(principal: Principal, wanted: NewInstitutionDto): Promise<OpenedInstitutionDto> {
    return this.database.transaction((tx) => this.openWithin(tx, principal, wanted));
  }

  /**
   * {@link open} in a transaction of the caller. Refuses a code that is taken
   * (`institution-code-taken`) and a place that does not exist (`institution-tier`).
   */
  async openWithin(
    tx: EntityManager,
    principal: Principal,
    wanted: NewInstitutionDto,
  ): Promise<OpenedInstitutionDto> {
    const { code, kind, name, region } = wanted;
    const placement = placementOf(wanted.rights, kind);
    await this.#requireUpper(tx, placement);
    const identity = { code, kind, name: { zh: name.zh, en: name.en }, region };
    const institution = await this.institutions.create(tx, { ...identity, ...placement });
    await this.history.record(tx, principal, {
      institutionId: institution.id,
      subject: { kind: 'institution', id: institution.id },
      action: 'opened',
      after: { ...identity, ...placement },
    });
    const invitation = await this.invitations.issue(tx, principal, institution, {
      roles: ['manager'],
      label: `${name.zh} / ${name.en}`.slice(0, 80),
    });
    return { institution: toInstitutionDto(institution, this.clock.today()), invitation };
  }

  /** Says anew where an institution stands and what it may do. Throws `not-found`. */
  place(principal: Principal, id: string, wanted: PlacementDto): Promise<InstitutionDto> {
    return this.#change(principal, id, async (tx, before) => {
      const placement = placementOf(wanted, before.kind);
      await this.#requireUpper(tx, placement);
      const isMoved = placement.tier !== before.tier;
      if (isMoved && (await this.store.hasMembers(tx, id))) throw refusal('institution-tier');
      await this.store.place(tx, id, placement);
      return { action: 'placed', before: rightsOf(before), after: placement, note: null };
    });
  }

  /**
   * Suspends an institution, or lets it work again. Sessions end at the next request, keys within
   * two seconds. Changing nothing is not an error.
   */
  switch(
    principal: Principal,
    id: string,
    { isActive, reason: note }: { isActive: boolean; reason: string | null },
  ): Promise<InstitutionDto> {
    return this.#change(principal, id, async (tx, before) => {
      const status = isActive ? 'active' : 'suspended';
      if (before.status === status) return null;
      if (id === principal.institutionId) throw refusal('own-account');
      await this.store.setStatus(tx, id, status);
      const action = isActive ? 'reinstated' : 'suspended';
      return { action, before: { status: before.status }, after: { status }, note };
    });
  }

  #change(
    principal: Principal,
    id: string,
    work: (tx: EntityManager, before: Institution) => Promise<Change | null>,
  ): Promise<InstitutionDto> {
    return this.database.transaction(async (tx) => {
      const before = isUuid(id) ? await this.store.findLocked(tx, id) : undefined;
      if (!before) throw notFound();
      const change = await work(tx, before);
      if (change) {
        const subject = { kind: 'institution', id };
        await this.history.record(tx, principal, { institutionId: id, subject, ...change });
      }
      return toInstitutionDto(await this.institutions.getById(tx, id), this.clock.today());
    });
  }

  /** Locks what it is to belong to, so that this stays of its tier meanwhile. */
  async #requireUpper(tx: EntityManager, { tier, parentId }: Placement): Promise<void> {
    if (parentId === null) {
      if (tier === 'sub-centre') throw refusal('institution-tier');
      return;
    }
    const parent = await this.store.findLocked(tx, parentId);
    if (!parent || !UPPER[tier].includes(parent.tier)) throw refusal('institution-tier');
  }
}

interface Change {
  readonly action: string;
  readonly before: object;
  readonly after: object;
  readonly note: string | null;
}

function placementOf(wanted: PlacementDto, kind: Institution['kind']): Placement {
  return {
    tier: wanted.tier ?? (kind === 'authority' ? 'centre' : 'member-unit'),
    parentId: wanted.parent ?? null,
    awards: wanted.awards ?? null,
    registers: wanted.registers ?? null,
    recognises: wanted.recognises ?? null,
  };
}

function rightsOf({ tier, parentId, awards, registers, recognises }: Institution): Placement {
  return { tier, parentId, awards, registers, recognises };
}
