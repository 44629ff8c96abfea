import { type Principal, type Role, isSelf } from '../platform/auth/index.js';
import type { Actor, Application } from './application.js';

const STAFF: readonly Role[] = ['registrar', 'admissions'];

/**
 * The learner, the institution that decides, and the institution that asked; while it is a draft, the
 * institution that will decide knows nothing of it.
 */
export function canRead(principal: Principal, application: Application): boolean {
  if (isLearner(principal, application)) return true;
  const { institutionId, requestingInstitution, state } = application;
  const readers = state === 'draft' ? [] : [institutionId];
  return (
    principal.institutionId !== null &&
    [...readers, requestingInstitution].includes(principal.institutionId) &&
    principal.roles.some((role) => STAFF.includes(role))
  );
}

/** May submit a draft and withdraw: the learner, and whoever asked on the learner's behalf. */
export function isRequester(principal: Principal, application: Application): boolean {
  if (isLearner(principal, application)) return true;
  return (
    principal.institutionId !== null &&
    principal.institutionId === application.requestingInstitution &&
    principal.roles.includes('registrar')
  );
}

/**
 * Whether staff of the receiving institution stand too close: they or their institution asked, or
 * they are the learner.
 */
export function isParty(principal: Principal, application: Application): boolean {
  return (
    isLearner(principal, application) ||
    principal.id === application.requestedBy ||
    principal.institutionId === application.requestingInstitution
  );
}

/** The learner, in person. */
export function isLearner(principal: Principal, application: Application): boolean {
  return isSelf(principal, application.learnerId);
}

/** The principal as it is written into the history of an application; a clerk with the counter. */
export function actorOf({ id, institutionId, representing }: Principal): Actor {
  return { id, institutionId: representing?.institutionId ?? institutionId };
}
