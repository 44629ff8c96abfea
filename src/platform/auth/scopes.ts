/** What the scopes of systems are about; each has one for reading and one for writing. */
export const SCOPE_AREAS = [
  'agreements',
  'applications',
  'credentials',
  'demonstration',
  'equivalence',
  'exchange',
  'history',
  'imports',
  'learners',
  'ledger',
  'operations',
  'outcomes',
  'revocations',
  'rules',
  'tasks',
  'webhooks',
] as const;

export type ScopeArea = (typeof SCOPE_AREAS)[number];

export type ScopeAction = 'read' | 'write';

/** A part of what a key's roles may do: `imports:write`. Writing does not include reading. */
export type Scope = `${ScopeArea}:${ScopeAction}`;

/** Every scope, by name. */
export const SCOPES: readonly Scope[] = SCOPE_AREAS.flatMap((area): Scope[] => [
  `${area}:read`,
  `${area}:write`,
]);

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}
