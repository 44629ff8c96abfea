import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { readDemoFile, writeDemoFile } from './demo-file.js';
import { findCheckout, readDistrict } from './district.js';
import { HistorySeeder } from './history.seeder.js';
import { SignInSeeder } from './sign-in.seeder.js';

/** Any number that no other user of the server is likely to lock; migrations hold 7203001. */
const SEEDING_LOCK = 7_203_002;

/**
 * Fills an empty database with the demonstration district, through the same front doors that
 * everybody uses, in one transaction: a start that is killed leaves the database empty.
 */
@Injectable()
export class Seeder implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly catalogue: Catalogue,
    private readonly history: HistorySeeder,
    private readonly signIn: SignInSeeder,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.seedDemonstration || this.config.role === 'worker') return;
    await this.database.transaction(async (tx) => {
      // Of several starters one seeds, and the others find its rows.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [SEEDING_LOCK]);
      if ((await this.institutions.list(tx)).length === 0) await this.#seed(tx);
    });
    this.#refreshAddress();
  }

  async #seed(tx: EntityManager): Promise<void> {
    const district = readDistrict(findCheckout(process.argv[1] ?? process.cwd()));
    const institutionIds = new Map<string, string>();
    for (const institution of district.institutions) {
      const { code, id } = await this.institutions.create(tx, institution);
      institutionIds.set(code, id);
    }
    await this.catalogue.create(tx, district.catalogue);
    const learnerIds = await this.history.postCompletions(tx, district, institutionIds);
    const { keys, accounts, learners } = await this.signIn.open(tx, district, {
      institutionIds,
      learnerIds,
    });
    // Before the commit: a district whose secrets nobody has would be of no use.
    const baseUrl = this.config.publicUrl;
    writeDemoFile(this.config, { baseUrl, keys, accounts, learners, programmes: [] });
  }

  /** Ports change from start to start; whoever reads the file wants the one of today. */
  #refreshAddress(): void {
    const demo = readDemoFile(this.config);
    const baseUrl = this.config.publicUrl;
    if (demo && demo.baseUrl !== baseUrl) writeDemoFile(this.config, { ...demo, baseUrl });
  }
}
