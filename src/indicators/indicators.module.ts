import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { IndicatorFigures } from './figures/figures.js';
import { FiguresStore } from './figures/figures.store.js';
import { IndicatorsController } from './indicators.controller.js';
import { Indicators } from './indicators.service.js';
import { IndicatorInputs } from './inputs/inputs.service.js';
import { InputsStore } from './inputs/inputs.store.js';
import { Follower } from './projection/follower.js';
import { IndicatorSources } from './sources.service.js';

@Module({
  imports: [CatalogueModule, HistoryModule, InstitutionsModule, LearnersModule],
  controllers: [IndicatorsController],
  providers: [
    IndicatorFigures,
    FiguresStore,
    Indicators,
    IndicatorInputs,
    InputsStore,
    Follower,
    IndicatorSources,
  ],
  exports: [IndicatorFigures, IndicatorInputs, Indicators, Follower],
})
export class IndicatorsModule {}
