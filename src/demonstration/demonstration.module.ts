import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { CatalogueModule } from '../catalogue/index.js';
import { ConversionsModule } from '../conversions/index.js';
import { HistoryModule } from '../history/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { AgreementsSeeder } from './agreements.seeder.js';
import { ConversionsSeeder } from './conversions.seeder.js';
import { DemonstrationController } from './demonstration.controller.js';
import { HistorySeeder } from './history.seeder.js';
import { RulesSeeder } from './rules.seeder.js';
import { Seeder } from './seeder.js';
import { SignInSeeder } from './sign-in.seeder.js';
import { Visitors } from './visitors.service.js';

/** The demonstration district; does nothing when CONFIG.seedDemonstration is false. */
@Module({
  imports: [
    AgreementsModule,
    CatalogueModule,
    ConversionsModule,
    HistoryModule,
    LearnersModule,
    OutcomesModule,
    RulebookModule,
  ],
  controllers: [DemonstrationController],
  providers: [
    AgreementsSeeder,
    ConversionsSeeder,
    HistorySeeder,
    RulesSeeder,
    Seeder,
    SignInSeeder,
    Visitors,
  ],
})
export class DemonstrationModule {}
