import { IDENTITY_KINDS, type IdentityKind } from '#libs/identity';
import { ConfigError, flag } from './settings.js';

/** An OpenID Connect provider at which people of the bank may sign in. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in page calls it. */
  readonly name: string;
  /** The claim that names the account: its value is the sign-in name. */
  readonly accountClaim: string;
  /** The claim that holds the number of a learner's document, and of which kind that is. */
  readonly learner: { readonly claim: string; readonly document: IdentityKind } | null;
  /** Whether the provider asks everybody for a second factor, also where its token does not say so. */
  readonly provesSecondFactor: boolean;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Null while `OIDC_ISSUER` is not set. Throws {@link ConfigError} for a half-set provider. */
export function providerSettings(env: NodeJS.ProcessEnv): ProviderSettings | null {
  const issuer = env['OIDC_ISSUER'];
  if (!issuer) return null;
  if (!URL.canParse(issuer) || !isProtected(new URL(issuer))) {
    throw new ConfigError('OIDC_ISSUER must be an https address, like https://login.example.');
  }
  const learnerClaim = env['OIDC_LEARNER_CLAIM'];
  return {
    issuer,
    clientId: needed(env, 'OIDC_CLIENT_ID'),
    clientSecret: needed(env, 'OIDC_CLIENT_SECRET'),
    name: env['OIDC_NAME'] || new URL(issuer).hostname,
    accountClaim: env['OIDC_ACCOUNT_CLAIM'] || 'preferred_username',
    learner: learnerClaim ? { claim: learnerClaim, document: documentOf(env) } : null,
    provesSecondFactor: flag(env, 'OIDC_SECOND_FACTOR', false),
  };
}

/** What people show at a provider must not travel in the clear; a trial on one machine may. */
function isProtected({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

function documentOf(env: NodeJS.ProcessEnv): IdentityKind {
  const text = needed(env, 'OIDC_LEARNER_DOCUMENT');
  const kind = IDENTITY_KINDS.find((known) => known === text);
  if (kind) return kind;
  throw new ConfigError(
    `OIDC_LEARNER_DOCUMENT is "${text}"; use one of ${IDENTITY_KINDS.join(', ')}.`,
  );
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const text = env[name];
  if (!text) throw new ConfigError(`${name} is not set, and OIDC_ISSUER needs it.`);
  return text;
}
