export {
  type Asked,
  type FiguresOfPeriod,
  type IndicatorFigure,
  IndicatorFigures,
} from './figures/figures.js';
export {
  FigureDto,
  FiguresQuery,
  IndicatorDetailDto,
  IndicatorDto,
  IndicatorListDto,
  IndicatorPartDto,
  PeriodDto,
} from './indicators.dto.js';
export { IndicatorsModule } from './indicators.module.js';
export { Indicators } from './indicators.service.js';
export { type Audience, toIndicatorDto, toInstitutionDtos, toListDto } from './indicators.views.js';
export { type DatedFigure, DatedFigures } from './inputs/dated-figures.js';
export { NewInputDto } from './inputs/inputs.dto.js';
export { IndicatorInputs } from './inputs/inputs.service.js';
export { Follower } from './projection/follower.js';
export { type CheckReport, Projection } from './projection/projection.js';
