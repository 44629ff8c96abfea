import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { DemonstrationController } from './demonstration.controller.js';
import { HistorySeeder } from './history.seeder.js';
import { Seeder } from './seeder.js';
import { SignInSeeder } from './sign-in.seeder.js';
import { Visitors } from './visitors.service.js';

/** The demonstration district; does nothing when CONFIG.seedDemonstration is false. */
@Module({
  imports: [CatalogueModule, LearnersModule, OutcomesModule],
  controllers: [DemonstrationController],
  providers: [HistorySeeder, Seeder, SignInSeeder, Visitors],
})
export class DemonstrationModule {}
