import { type ProviderSettings, providerSettings } from './provider-settings.js';
import { flag, integer } from './settings.js';

/** How people sign in. */
export interface AccessSettings {
  /** Whether staff need a second factor to work. */
  readonly requireSecondFactor: boolean;
  /** How long a session of a person lasts, however busy it is. */
  readonly sessionHours: number;
  /** How long it lasts without a request. */
  readonly sessionIdleMinutes: number;
  /** Where else people may sign in; null for nowhere. */
  readonly provider: ProviderSettings | null;
}

/**
 * Reads the part of the environment that is about signing in. A demonstration prints its passwords on
 * the terminal, so a second factor would protect nothing there.
 */
export function accessSettings(env: NodeJS.ProcessEnv, isDemonstration: boolean): AccessSettings {
  return {
    requireSecondFactor: flag(env, 'REQUIRE_SECOND_FACTOR', !isDemonstration),
    sessionHours: integer(env, 'SESSION_HOURS', 12, 24 * 30),
    sessionIdleMinutes: integer(env, 'SESSION_IDLE_MINUTES', 60, 24 * 60),
    provider: providerSettings(env),
  };
}
