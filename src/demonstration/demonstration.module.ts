import { Module } from '@nestjs/common';
import { AuditsModule } from '../audits/index.js';
import { HolidaysModule } from '../holidays/index.js';
import { AgreementsModule } from '../agreements/index.js';
import { CatalogueModule } from '../catalogue/index.js';
import { ConversionsModule } from '../conversions/index.js';
import { EquivalenceModule } from '../equivalence/index.js';
import { HistoryModule } from '../history/index.js';
import { IndicatorsModule } from '../indicators/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { OutreachModule } from '../outreach/index.js';
import { WorkloadModule } from '../workload/index.js';
import { PathwaysModule } from '../pathways/index.js';
import { QueriesModule } from '../queries/index.js';
import { ReportsModule } from '../reports/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { SchemesModule } from '../schemes/index.js';
import { SimulationsModule } from '../simulations/index.js';
import { VerificationModule } from '../verification/index.js';
import { WebhooksModule } from '../webhooks/index.js';
import { AgreementsSeeder } from './agreements.seeder.js';
import { ConversionsSeeder } from './conversions.seeder.js';
import { DemonstrationController } from './demonstration.controller.js';
import { DeskSeeder } from './desk.seeder.js';
import { DraftsSeeder } from './drafts.seeder.js';
import { AuthoritySeeder } from './authority.seeder.js';
import { HistorySeeder } from './history.seeder.js';
import { LivesSeeder } from './lives.seeder.js';
import { OfficesSeeder } from './offices.seeder.js';
import { ReportsSeeder } from './reports.seeder.js';
import { PathwaysSeeder } from './pathways.seeder.js';
import { RulesSeeder } from './rules.seeder.js';
import { SchemesSeeder } from './schemes.seeder.js';
import { Seeder } from './seeder.js';
import { SourcesSeeder } from './sources.seeder.js';
import { SignInSeeder } from './sign-in.seeder.js';
import { Visitors } from './visitors.service.js';

/** The demonstration district; does nothing when CONFIG.seedDemonstration is false. */
@Module({
  imports: [
    AgreementsModule,
    AuditsModule,
    CatalogueModule,
    ConversionsModule,
    EquivalenceModule,
    HistoryModule,
    IndicatorsModule,
    HolidaysModule,
    LearnersModule,
    OutcomesModule,
    PathwaysModule,
    QueriesModule,
    ReportsModule,
    RulebookModule,
    SchemesModule,
    SimulationsModule,
    VerificationModule,
    WebhooksModule,
    OutreachModule,
    WorkloadModule,
  ],
  controllers: [DemonstrationController],
  providers: [
    AgreementsSeeder,
    ConversionsSeeder,
    DeskSeeder,
    DraftsSeeder,
    HistorySeeder,
    LivesSeeder,
    OfficesSeeder,
    AuthoritySeeder,
    ReportsSeeder,
    PathwaysSeeder,
    RulesSeeder,
    SchemesSeeder,
    Seeder,
    SignInSeeder,
    SourcesSeeder,
    Visitors,
  ],
})
export class DemonstrationModule {}
