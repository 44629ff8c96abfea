import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { SERVICE } from './administrative-event.js';
import { History } from './history.service.js';
import { HistoryStore } from './history.store.js';

const SETTINGS = { kind: 'settings', id: 'bank' } as const;

/**
 * Settings are changed in the environment, where no request says who did it: a start that finds
 * others than the last one writes both down.
 */
@Injectable()
export class SettingsRecorder implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: HistoryStore,
    private readonly history: History,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'worker') return;
    const after = settingsOf(this.config);
    await this.database.transaction(async (tx) => {
      await this.store.lock(tx);
      const before = await this.store.newestOf(tx, SETTINGS);
      if (isDeepStrictEqual(before, after)) return;
      const action = before === null ? 'first-seen' : 'changed';
      const change = { institutionId: null, subject: SETTINGS, action, before, after };
      await this.history.record(tx, SERVICE, change);
    });
  }
}

/** What decides about people and credit, as JSON keeps it. No key, no password, no address of others. */
function settingsOf(config: Config): Record<string, unknown> {
  const { access, edge, twoPeople } = config;
  const { bankShelfLifeMonths, reviewWorkingDays, appealDays, erasureDelayDays } = config;
  const { cipherProfile, logOrigin, allowDataLoss } = config;
  return {
    bankShelfLifeMonths,
    reviewWorkingDays,
    appealDays,
    erasureDelayDays,
    cipherProfile,
    logOrigin,
    logWitnesses: config.logWitnesses.map(({ name }) => name),
    allowDataLoss,
    demonstration: config.seedDemonstration,
    requireSecondFactor: access.requireSecondFactor,
    sessionHours: access.sessionHours,
    sessionIdleMinutes: access.sessionIdleMinutes,
    provider: access.provider?.issuer ?? null,
    limits: edge.limits && { ...edge.limits },
    twoPeople: { ...twoPeople, aloneMillicredits: String(twoPeople.aloneMillicredits) },
  };
}
