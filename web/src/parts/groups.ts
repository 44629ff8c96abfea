import type { Role } from '../api/types';

/**
 * The groups of people and where their pages begin, in the order of the main navigation. Somebody
 * with several roles begins at the first of theirs.
 */
export const GROUPS = [
  { to: '/account', name: 'account', roles: ['learner'] },
  { to: '/registrar', name: 'registrar', roles: ['registrar', 'issuer', 'manager'] },
  // A manager sees whom the counters served; whoever manages begins elsewhere.
  { to: '/counter', name: 'counter', roles: ['clerk', 'manager'] },
  { to: '/admissions', name: 'admissions', roles: ['admissions'] },
  { to: '/review', name: 'review', roles: ['admissions', 'registrar'] },
  { to: '/rulebook', name: 'rulebook', roles: ['rule-author', 'approver', 'authority'] },
  { to: '/authority', name: 'authority', roles: ['authority', 'operator'] },
  {
    to: '/proposals',
    name: 'proposals',
    roles: ['registrar', 'issuer', 'clerk', 'manager', 'authority', 'operator'],
  },
] as const satisfies readonly { to: string; name: string; roles: readonly Role[] }[];

/** What everybody may read, linked at the foot of every page. */
export const PUBLIC = [
  { to: '/catalogue', name: 'catalogue' },
  { to: '/report', name: 'report' },
  { to: '/log', name: 'log' },
  { to: '/join', name: 'join' },
] as const;

/** The rooms without Thai texts; at a counter, whoever is served sees the learner's pages. */
const ENGLISH =
  /^\/(admissions|authority|catalogue|invitation|join|log|proposals|registrar|report|review|rulebook|counter(?!\/serving\/))(\/|$)/;

/** Whether the page at an address has Thai texts; where not, Thai readers are shown English. */
export function hasThai(pathname: string): boolean {
  return !ENGLISH.test(pathname);
}
