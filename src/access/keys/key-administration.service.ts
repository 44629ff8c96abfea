import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { History } from '../../history/index.js';
import {
  type Principal,
  type Role,
  type Scope,
  requireFreshSession,
} from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database, violatedConstraint } from '../../platform/database/index.js';
import {
  type Page,
  type PageQuery,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../../platform/http/index.js';
import { isUuid } from '../../platform/ids/index.js';
import { ApiKeys, type IssuedApiKey, KEY_LIFE_MS } from './keys.service.js';
import { ApiKeysStore, type ListedApiKey, type StoredApiKey } from './keys.store.js';

/** What a person asks for when making a key. */
export interface KeyRequest {
  readonly label: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
  readonly addresses: readonly string[] | null;
  readonly publicKey: JWK | null;
  readonly expiresAt: Date | null;
}

/** Keys of an institution, as its people make, replace and end them. */
@Injectable()
export class KeyAdministration {
  constructor(
    private readonly database: Database,
    private readonly store: ApiKeysStore,
    private readonly keys: ApiKeys,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key with no more than the person's own roles (`key-roles`), for at most a year
   * (`key-expiry`). Throws `not-found` for another institution.
   */
  async issue(
    principal: Principal,
    institutionId: string,
    request: KeyRequest,
  ): Promise<IssuedApiKey> {
    requireFreshSession(principal, this.clock.now());
    assertInstitution(principal, institutionId);
    assertRoles(principal, request.roles);
    const expiresAt = this.#expiryOf(request.expiresAt);
    try {
      return await this.database.transaction(async (tx) => {
        const createdBy = principal.id;
        const wanted = { ...request, institutionId, expiresAt, createdBy };
        const issued = await this.keys.issue(tx, wanted);
        await this.history.record(tx, principal, {
          institutionId,
          subject: { kind: 'api-key', id: issued.id },
          action: 'issued',
          after: describe({ ...request, expiresAt, prefix: issued.clientId.slice(3) }),
        });
        return issued;
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'api_key_institution_id_fkey') throw error;
      throw notFound();
    }
  }

  /** The keys of an institution, the newest first; never a secret. Throws `not-found`. */
  async list(
    principal: Principal,
    institutionId: string,
    query: PageQuery,
  ): Promise<Page<ListedApiKey>> {
    assertInstitution(principal, institutionId);
    const before = idCursor(query.after);
    const rows = await this.database.read((tx) =>
      this.store.list(tx, institutionId, { before, limit: query.limit + 1 }),
    );
    return toPage(rows, query.limit, (last) => encodeCursor(last.id));
  }

  /**
   * Makes a key that may do the same, and lets the old one run on for the overlap, so that a system
   * can be switched over without a gap.
   */
  async rotate(
    principal: Principal,
    { institutionId, keyId }: { institutionId: string; keyId: string },
    overlapHours: number,
  ): Promise<IssuedApiKey & { oldExpiresAt: Date }> {
    requireFreshSession(principal, this.clock.now());
    assertInstitution(principal, institutionId);
    return this.database.transaction(async (tx) => {
      const old = isUuid(keyId) ? await this.store.findOpen(tx, keyId, institutionId) : undefined;
      if (!old) throw notFound();
      if (old.publicKey) throw refusal('key-without-secret');
      assertRoles(principal, old.roles);
      const expiresAt = this.#expiryOf(null);
      const createdBy = principal.id;
      const issued = await this.keys.issue(tx, { ...old, expiresAt, createdBy });
      const by = { id: issued.id, overlapSeconds: overlapHours * 3600 };
      const oldExpiresAt = await this.store.replace(tx, old.id, by);
      this.keys.forget(old.prefix);
      const prefix = issued.clientId.slice(3);
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'api-key', id: old.id },
        action: 'rotated',
        before: describe(old),
        after: { ...describe({ ...old, expiresAt: oldExpiresAt }), replacedBy: issued.id },
      });
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'api-key', id: issued.id },
        action: 'issued',
        after: { ...describe({ ...old, prefix, expiresAt }), replaces: old.id },
      });
      return { ...issued, oldExpiresAt };
    });
  }

  /** Ends a key, for whoever of the institution sees a reason to. Throws `not-found`. */
  async revoke(principal: Principal, institutionId: string, keyId: string): Promise<void> {
    assertInstitution(principal, institutionId);
    await this.database.transaction(async (tx) => {
      const { label, revokedAt } = await this.keys.revoke(tx, institutionId, keyId);
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'api-key', id: keyId },
        action: 'revoked',
        before: { label, revokedAt: null },
        after: { label, revokedAt },
      });
    });
  }

  #expiryOf(wanted: Date | null): Date {
    const now = this.clock.now().getTime();
    const latest = new Date(now + KEY_LIFE_MS);
    if (wanted === null) return latest;
    if (wanted.getTime() > now && wanted <= latest) return wanted;
    throw refusal('key-expiry', { latest: latest.toISOString() });
  }
}

/** The operator looks after every institution; everybody else after their own. */
function assertInstitution({ roles, institutionId }: Principal, wanted: string): void {
  if (!isUuid(wanted)) throw notFound();
  if (!roles.includes('operator') && institutionId !== wanted) throw notFound();
}

/** Nobody gives away what they do not have; the operator furnishes institutions that begin. */
function assertRoles(principal: Principal, roles: readonly Role[]): void {
  const mayGive = (role: Role): boolean =>
    role !== 'learner' && (principal.roles.includes('operator') || principal.roles.includes(role));
  if (roles.every(mayGive)) return;
  throw refusal('key-roles', { roles: principal.roles.join(', ') });
}

/** A key as the history shows it. */
function describe(
  key: Pick<StoredApiKey, 'label' | 'prefix' | 'expiresAt'> & KeyRequestParts,
): object {
  const { prefix, label, roles, scopes, addresses, expiresAt } = key;
  const signsIn = key.publicKey ? 'signature' : 'secret';
  return { clientId: `cb_${prefix}`, label, roles, scopes, addresses, expiresAt, signsIn };
}

interface KeyRequestParts {
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[] | null;
  readonly addresses: readonly string[] | null;
  readonly publicKey: JWK | null;
}
