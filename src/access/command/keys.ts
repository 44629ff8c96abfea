import type { EntityManager } from 'typeorm';
import { STAFF_ROLES, type Role, SCOPES, type Scope, isScope } from '../../platform/auth/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { newApiKey } from '../keys/api-key.js';
import { KEY_LIFE_MS } from '../keys/keys.service.js';
import { ApiKeysStore, type ShownApiKey, type StoredApiKey } from '../keys/keys.store.js';
import { CommandError, type Desk, atDesk } from './desk.js';

const COMMAND = 'creditbank keys';
const MOST_LISTED = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A new key: this is the only moment at which it is shown. */
export interface MadeKey {
  readonly id: string;
  readonly key: string;
  readonly expiresAt: Date;
}

export interface KeyWanted {
  /** Code of the institution. */
  readonly institution: string;
  readonly label: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly days: number;
}

const store = new ApiKeysStore();

/** The keys of one institution, or of all; the newest first. */
export function listKeys(url: string, institution: string | null): Promise<ShownApiKey[]> {
  return atDesk(url, COMMAND, async ({ tx }) => {
    const found = institution === null ? null : await institutionOf(tx, institution);
    return store.listShown(tx, { institutionId: found, limit: MOST_LISTED });
  });
}

/** Makes a key for a system of an institution. Throws {@link CommandError}. */
export function createKey(url: string, wanted: KeyWanted): Promise<MadeKey> {
  const roles = wanted.roles.map(roleOf);
  const scopes = wanted.scopes.map(scopeOf);
  if (roles.length === 0 || scopes.length === 0) {
    throw new CommandError('A key has at least one --role and one --scope.');
  }
  const expiresAt = new Date(Date.now() + wanted.days * DAY_MS);
  return atDesk(url, COMMAND, async (desk) => {
    const institutionId = await institutionOf(desk.tx, wanted.institution);
    const key = { institutionId, label: wanted.label, roles, scopes, addresses: null, expiresAt };
    return issue(desk, key, null);
  });
}

/** Makes a key that may do the same, and lets the old one run on for the overlap. */
export function rotateKey(url: string, id: string, overlapHours: number): Promise<MadeKey> {
  return atDesk(url, COMMAND, async (desk) => {
    const old = await openKey(desk.tx, id);
    if (old.publicKey) {
      throw new CommandError(
        'This client signs with a key of its own; there is no secret to replace.',
      );
    }
    const expiresAt = new Date(Date.now() + KEY_LIFE_MS);
    const made = await issue(desk, { ...old, expiresAt }, old.id);
    const by = { id: made.id, overlapSeconds: overlapHours * 3600 };
    const oldExpiresAt = await store.replace(desk.tx, old.id, by);
    await desk.record({
      institutionId: old.institutionId,
      subject: { kind: 'api-key', id: old.id },
      action: 'rotated',
      before: { label: old.label, expiresAt: old.expiresAt },
      after: { label: old.label, expiresAt: oldExpiresAt, replacedBy: made.id },
    });
    return made;
  });
}

/** Ends a key and its access tokens; running services know within two seconds. */
export function revokeKey(url: string, id: string): Promise<{ id: string; revokedAt: Date }> {
  return atDesk(url, COMMAND, async ({ tx, record }) => {
    const { institutionId, label } = await openKey(tx, id);
    const revoked = await store.revoke(tx, id, institutionId);
    if (!revoked) throw new CommandError(`There is no open key ${id}.`);
    const { revokedAt } = revoked;
    await record({
      institutionId,
      subject: { kind: 'api-key', id },
      action: 'revoked',
      before: { label, revokedAt: null },
      after: { label, revokedAt },
    });
    return { id, revokedAt };
  });
}

type Issued = Pick<
  StoredApiKey,
  'institutionId' | 'label' | 'roles' | 'scopes' | 'addresses' | 'expiresAt'
>;

async function issue(
  { tx, record }: Desk,
  wanted: Issued,
  replaces: string | null,
): Promise<MadeKey> {
  const { key, prefix, secretHash } = newApiKey();
  const id = newId();
  const { institutionId, label, roles, scopes, addresses, expiresAt } = wanted;
  const stored = { institutionId, label, roles, scopes, addresses, expiresAt };
  // Nobody is known to have made it: it stands for itself where something takes two people.
  await store.insert(tx, { ...stored, id, prefix, secretHash, publicKey: null, createdBy: null });
  await record({
    institutionId,
    subject: { kind: 'api-key', id },
    action: 'issued',
    after: { clientId: `cb_${prefix}`, label, roles, scopes, addresses, expiresAt, replaces },
  });
  return { id, key, expiresAt };
}

async function openKey(tx: EntityManager, id: string): Promise<StoredApiKey> {
  const found = isUuid(id) ? await store.findOpen(tx, id) : undefined;
  if (!found)
    throw new CommandError(`There is no open key ${id}; \`creditbank keys list\` has them.`);
  return found;
}

async function institutionOf(tx: EntityManager, code: string): Promise<string> {
  const id = await store.institutionOf(tx, code);
  if (id === undefined) throw new CommandError(`There is no institution with the code ${code}.`);
  return id;
}

function roleOf(text: string): Role {
  const role = STAFF_ROLES.find((one) => one === text);
  if (!role) throw new CommandError(`${text} is no role: ${STAFF_ROLES.join(', ')}.`);
  return role;
}

function scopeOf(text: string): Scope {
  if (!isScope(text)) throw new CommandError(`${text} is no scope: ${SCOPES.join(', ')}.`);
  return text;
}
