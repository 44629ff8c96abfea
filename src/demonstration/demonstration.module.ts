import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { HistorySeeder } from './history.seeder.js';
import { Seeder } from './seeder.js';
import { SignInSeeder } from './sign-in.seeder.js';

/** The demonstration district; does nothing when CONFIG.seedDemonstration is false. */
@Module({
  imports: [CatalogueModule, OutcomesModule],
  providers: [HistorySeeder, Seeder, SignInSeeder],
})
export class DemonstrationModule {}
