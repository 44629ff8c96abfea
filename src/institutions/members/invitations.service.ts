import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts } from '../../access/index.js';
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
import { isUuid, newId } from '../../platform/ids/index.js';
import type { Institution } from '../institution.js';
import { InstitutionsStore } from '../institutions.store.js';
import {
  INVITATION_DAYS,
  type Invitation,
  hashOfCode,
  newInvitationCode,
  stateOfInvitation,
} from './invitation.js';
import type {
  AcceptanceDto,
  AcceptedInvitationDto,
  InvitationDto,
  IssuedInvitationDto,
  NewInvitationDto,
} from './invitations.dto.js';
import { InvitationsStore } from './invitations.store.js';
import { requireGivable, requireManager } from './managing.js';

const DAY_MS = 86_400_000;

/** How people come to work for an institution: by a code that is good once and for some days. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly store: InvitationsStore,
    private readonly institutions: InstitutionsStore,
    private readonly accounts: Accounts,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Invites somebody. Throws `not-found` for another institution and `institution-roles`. */
  invite(
    principal: Principal,
    institutionId: string,
    wanted: NewInvitationDto,
  ): Promise<IssuedInvitationDto> {
    requireManager(principal, institutionId);
    requireFreshSession(principal, this.clock.now());
    return this.database.transaction(async (tx) => {
      const institution = await this.institutions.findById(tx, institutionId);
      if (!institution) throw notFound();
      return this.issue(tx, principal, institution, wanted);
    });
  }

  /** {@link invite} inside a transaction of the caller, who has checked whose institution it is. */
  async issue(
    tx: EntityManager,
    principal: Principal,
    { id: institutionId, kind }: Institution,
    wanted: { roles: readonly Role[]; label: string; days?: number },
  ): Promise<IssuedInvitationDto> {
    const { roles, label, days = INVITATION_DAYS } = wanted;
    requireGivable(principal, kind, roles);
    const id = newId();
    const code = newInvitationCode();
    const expiresAt = new Date(this.clock.now().getTime() + days * DAY_MS);
    const invitation = { id, institutionId, roles, label, createdBy: principal.id, expiresAt };
    await this.store.insert(tx, invitation, hashOfCode(code) as Buffer);
    await this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'invitation', id },
      action: 'issued',
      after: { roles, label, expiresAt },
    });
    return { id, code, roles: [...roles], expiresAt };
  }

  /** The invitations of an institution, the newest first; never a code. */
  async list(
    principal: Principal,
    institutionId: string,
    query: PageQuery,
  ): Promise<Page<InvitationDto>> {
    requireManager(principal, institutionId);
    const before = idCursor(query.after);
    const rows = await this.database.read((tx) =>
      this.store.list(tx, institutionId, { before, limit: query.limit + 1 }),
    );
    const now = this.clock.now();
    const views = rows.map((row) => toDto(row, now));
    return toPage(views, query.limit, (last) => encodeCursor(last.id));
  }

  /** Makes an open invitation worthless. Throws `not-found`. */
  withdraw(principal: Principal, institutionId: string, id: string): Promise<void> {
    requireManager(principal, institutionId);
    return this.database.transaction(async (tx) => {
      const withdrawn = isUuid(id) ? await this.store.withdraw(tx, id, institutionId) : undefined;
      if (!withdrawn) throw notFound();
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'invitation', id },
        action: 'withdrawn',
        before: withdrawn,
      });
    });
  }

  /**
   * Opens an account for whoever brings a code, once. Refuses a code that is not good now
   * (`invitation-not-valid`), a name that is taken and a bad password; the code stays good then.
   */
  accept({ code, signInName, password, name }: AcceptanceDto): Promise<AcceptedInvitationDto> {
    return this.database.transaction(async (tx) => {
      const hash = hashOfCode(code);
      const invitation = hash && (await this.store.findLocked(tx, hash));
      const isOpen = invitation && stateOfInvitation(invitation, this.clock.now()) === 'open';
      if (!isOpen) throw refusal('invitation-not-valid');
      const { id, institutionId, roles } = invitation;
      const institution = await this.institutions.findById(tx, institutionId);
      if (institution?.status !== 'active') throw refusal('invitation-not-valid');
      const account = { signInName, password, displayName: name, roles, institutionId };
      const { id: accountId } = await this.accounts.create(tx, account);
      await this.store.use(tx, id, accountId);
      const actor = { id: accountId, name, institutionId };
      await this.history.record(tx, actor, {
        institutionId,
        subject: { kind: 'account', id: accountId },
        action: 'opened',
        after: { signInName: signInName.toLowerCase(), name, roles, invitation: id },
      });
      return { id: accountId, signInName: signInName.toLowerCase(), roles: [...roles] };
    });
  }
}

function toDto(invitation: Invitation, now: Date): InvitationDto {
  const { id, roles, label, createdBy, createdAt, expiresAt, accountId } = invitation;
  const state = stateOfInvitation(invitation, now);
  return { id, roles: [...roles], label, state, createdBy, createdAt, expiresAt, accountId };
}
