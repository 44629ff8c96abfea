import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts, type Member } from '../../access/index.js';
import { History } from '../../history/index.js';
import { type Principal, type Role, requireFreshSession } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Page,
  type PageQuery,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../../platform/http/index.js';
import { InstitutionsStore } from '../institutions.store.js';
import { requireGivable, requireManager } from './managing.js';
import type { MemberDto } from './members.dto.js';

/** Which account of which institution. */
export interface MemberKey {
  readonly institutionId: string;
  readonly accountId: string;
}

interface Change {
  readonly action: string;
  readonly before?: object;
  readonly after?: object;
  readonly note?: string;
}

/** Who works for an institution, as its managers, the authority and the operator look after it. */
@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly institutions: InstitutionsStore,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** In the order in which the accounts were opened. Throws `not-found`. */
  async list(
    principal: Principal,
    institutionId: string,
    query: PageQuery,
  ): Promise<Page<MemberDto>> {
    requireManager(principal, institutionId);
    const after = idCursor(query.after);
    // Sessions stand behind no wall; the accounts asked about are those of the institution.
    const rows = await this.database.readAcrossTenants((tx) =>
      this.accounts.listMembers(tx, institutionId, { after, limit: query.limit + 1 }),
    );
    return toPage(rows.map(toDto), query.limit, (last) => encodeCursor(last.id));
  }

  /**
   * Gives an account other roles, from its next request on. Refuses one's own account
   * (`own-account`) and roles that the principal cannot give or take (`institution-roles`).
   */
  setRoles(principal: Principal, key: MemberKey, roles: readonly Role[]): Promise<MemberDto> {
    requireFreshSession(principal, this.clock.now());
    return this.#change(principal, key, async (tx, member, kind) => {
      requireGivable(principal, kind, roles);
      await this.accounts.setRoles(tx, member.id, roles);
      return { action: 'roles-changed', before: { roles: member.roles }, after: { roles } };
    });
  }

  /** Lets an account sign in no more, at once, or again. */
  switch(
    principal: Principal,
    key: MemberKey,
    { isOn, reason: note }: { isOn: boolean; reason: string },
  ): Promise<MemberDto> {
    if (isOn) requireFreshSession(principal, this.clock.now());
    return this.#change(principal, key, async (tx, { id, disabledAt }) => {
      await this.accounts.setDisabled(tx, id, !isOn);
      const before = { isDisabled: disabledAt !== null };
      const action = isOn ? 'enabled' : 'disabled';
      return { action, before, after: { isDisabled: !isOn }, note };
    });
  }

  /** Signs an account out everywhere, at once. */
  async endSessions(principal: Principal, key: MemberKey): Promise<void> {
    await this.#change(principal, key, async (tx, { id }) => {
      await this.accounts.endSessions(tx, id);
      return { action: 'sessions-ended', after: { sessions: 0 } };
    });
  }

  #change(
    principal: Principal,
    { institutionId, accountId }: MemberKey,
    work: (
      tx: EntityManager,
      member: Member,
      kind: Parameters<typeof requireGivable>[1],
    ) => Promise<Change>,
  ): Promise<MemberDto> {
    requireManager(principal, institutionId);
    return this.database.transaction(async (tx) => {
      const institution = await this.institutions.findById(tx, institutionId);
      if (!institution) throw notFound();
      const member = await this.accounts.getMember(tx, accountId, institutionId);
      if (member.id === principal.id) throw refusal('own-account');
      requireTouchable(principal, member);
      const change = await work(tx, member, institution.kind);
      const subject = { kind: 'account', id: member.id };
      await this.history.record(tx, principal, { institutionId, subject, ...change });
      return toDto(await this.accounts.getMember(tx, accountId, institutionId));
    });
  }
}

/** Nobody disarms an authority or an operator by being a manager. */
function requireTouchable(principal: Principal, { roles }: Member): void {
  const high = roles.filter((role) => role === 'authority' || role === 'operator');
  requireGivable(principal, 'authority', high);
}

function toDto(member: Member): MemberDto {
  const { id, signInName, displayName: name, roles, createdAt, disabledAt, lastSeenAt } = member;
  return { id, signInName, name, roles, createdAt, disabledAt, lastSeenAt };
}
