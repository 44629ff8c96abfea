import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { ConversionsModule } from '../conversions/index.js';
import { RulebookModule } from '../rulebook/index.js';
import { Planning } from './planning.service.js';
import { PlanningController } from './planning.controller.js';

@Module({
  imports: [CatalogueModule, ConversionsModule, RulebookModule],
  controllers: [PlanningController],
  providers: [Planning],
})
export class PlanningModule {}
