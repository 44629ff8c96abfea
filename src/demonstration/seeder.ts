import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue } from '../catalogue/index.js';
import { IndicatorInputs } from '../indicators/index.js';
import { Institutions } from '../institutions/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { AgreementsSeeder } from './agreements.seeder.js';
import { readDemoFile, writeDemoFile } from './demo-file.js';
import { AUTHORITY_CODE, type District, readDistrict } from './district.js';
import { ConversionsSeeder } from './conversions.seeder.js';
import { DeskSeeder } from './desk.seeder.js';
import { DraftsSeeder } from './drafts.seeder.js';
import { LivesSeeder } from './lives.seeder.js';
import { ACTOR, HistorySeeder } from './history.seeder.js';
import { OfficesSeeder } from './offices.seeder.js';
import { AuthoritySeeder } from './authority.seeder.js';
import { ReportsSeeder } from './reports.seeder.js';
import { SourcesSeeder } from './sources.seeder.js';
import { PathwaysSeeder } from './pathways.seeder.js';
import { RulesSeeder } from './rules.seeder.js';
import { SchemesSeeder } from './schemes.seeder.js';
import { type SeededIds, SignInSeeder } from './sign-in.seeder.js';

/** Any number that no other user of the server is likely to lock; migrations hold 7203001. */
const SEEDING_LOCK = 7_203_002;

/**
 * Fills an empty database with the demonstration district, through the same front doors that
 * everybody uses. All but what people did with it is one transaction: a start that is killed leaves the
 * database empty.
 */
@Injectable()
export class Seeder implements OnApplicationBootstrap {
  readonly #logger = new Logger('demonstration');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly agreements: AgreementsSeeder,
    private readonly catalogue: Catalogue,
    private readonly rules: RulesSeeder,
    private readonly history: HistorySeeder,
    private readonly signIn: SignInSeeder,
    private readonly conversions: ConversionsSeeder,
    private readonly lives: LivesSeeder,
    private readonly indicators: IndicatorInputs,
    private readonly desk: DeskSeeder,
    private readonly drafts: DraftsSeeder,
    private readonly offices: OfficesSeeder,
    private readonly authority: AuthoritySeeder,
    private readonly reports: ReportsSeeder,
    private readonly sources: SourcesSeeder,
    private readonly pathways: PathwaysSeeder,
    private readonly schemes: SchemesSeeder,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.seedDemonstration || this.config.role === 'worker') return;
    const seeded = await this.database.transaction(async (tx) => {
      // Of several starters one seeds, and the others find its rows.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [SEEDING_LOCK]);
      const isEmpty = (await this.institutions.list(tx)).length === 0;
      return isEmpty ? this.#seed(tx) : undefined;
    });
    if (seeded) await this.#decide(seeded.district, seeded.ids);
    else this.#refreshAddress();
  }

  async #seed(tx: EntityManager): Promise<{ district: District; ids: SeededIds }> {
    const district = readDistrict();
    const institutionIds = new Map<string, string>();
    for (const { parent, ...institution } of district.institutions) {
      const parentId = parent === undefined ? null : (institutionIds.get(parent) ?? null);
      const { code, id } = await this.institutions.create(tx, { ...institution, parentId });
      institutionIds.set(code, id);
    }
    await this.agreements.sign(tx, district, institutionIds);
    await this.catalogue.create(tx, district.catalogue);
    const programmes = await this.rules.publish(tx);
    const learnerIds = await this.history.postCompletions(tx, district, institutionIds);
    await this.#enterInputs(tx, district, institutionIds);
    const ids = { institutionIds, learnerIds };
    const { keys, accounts, learners } = await this.signIn.open(tx, district, ids);
    // Before the commit: a district whose secrets nobody has would be of no use.
    const baseUrl = this.config.publicUrl;
    writeDemoFile(this.config, { baseUrl, keys, accounts, learners, programmes });
    return { district, ids };
  }

  /** After the graduates: the first number of them freezes their cohort. */
  async #enterInputs(
    tx: EntityManager,
    { inputs }: District,
    institutionIds: ReadonlyMap<string, string>,
  ): Promise<void> {
    const institutionId = institutionIds.get(AUTHORITY_CODE) ?? null;
    const by = { id: ACTOR, name: ACTOR, roles: [], institutionId, learnerId: null };
    for (const input of inputs) await this.indicators.enterWithin(tx, by, input);
  }

  /** What people did has transactions of their own; a service without them is still worth starting. */
  async #decide(district: District, ids: SeededIds): Promise<void> {
    try {
      await this.conversions.decide(district, ids);
      await this.lives.live(district, ids);
      await this.desk.fill(ids);
      await this.drafts.write(district);
      await this.offices.ask(ids);
      await this.authority.fill(district, ids);
      await this.sources.fill(district, ids);
      await this.pathways.lead(ids);
      await this.schemes.fill(district, ids);
      // Last, so that a report tells of all the others have done.
      await this.reports.fill(ids);
    } catch (error) {
      this.#logger.warn(`not all of the district was seeded: ${(error as Error).message}`);
    }
  }

  /** Ports change from start to start; whoever reads the file wants the one of today. */
  #refreshAddress(): void {
    const demo = readDemoFile(this.config);
    const baseUrl = this.config.publicUrl;
    if (demo && demo.baseUrl !== baseUrl) writeDemoFile(this.config, { ...demo, baseUrl });
  }
}
