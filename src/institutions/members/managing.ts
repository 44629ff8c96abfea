import { type Principal, type Role, isOverseer } from '../../platform/auth/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid } from '../../platform/ids/index.js';
import type { InstitutionKind } from '../institution.js';
import { rolesOfKind } from '../rights.js';

/** Roles that only those give who have one of these themselves. */
const GIVEN_BY: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  operator: ['operator'],
  authority: ['authority', 'operator'],
};

/** A manager looks after one institution, the authority and the operator after all. */
export function requireManager(principal: Principal, institutionId: string): void {
  if (!isUuid(institutionId)) throw notFound();
  if (!isOverseer(principal) && principal.institutionId !== institutionId) throw notFound();
}

/** Roles of an institution of this kind that the principal can give and take. */
export function givableRoles({ roles: own }: Principal, kind: InstitutionKind): readonly Role[] {
  return rolesOfKind(kind).filter(
    (role) => GIVEN_BY[role]?.some((giver) => own.includes(giver)) ?? true,
  );
}

/**
 * Refuses (`institution-roles`) roles that people of such an institution do not have, and those
 * that the principal cannot give: nobody becomes an authority by being a manager.
 */
export function requireGivable(
  principal: Principal,
  kind: InstitutionKind,
  roles: readonly Role[],
): void {
  const givable = givableRoles(principal, kind);
  if (roles.every((role) => givable.includes(role))) return;
  throw refusal('institution-roles', { roles: givable.join(', ') });
}
