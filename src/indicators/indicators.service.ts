import { Injectable } from '@nestjs/common';
import {
  type IndicatorDefinition,
  indicatorOf,
  parsePeriod,
  seriesUpTo,
  yearWith,
} from '#libs/indicators';
import { Institutions } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, parseMoment, refusal } from '../platform/http/index.js';
import { type Asked, type FiguresOfPeriod, IndicatorFigures } from './figures/figures.js';
import type { FiguresQuery, IndicatorDetailDto, IndicatorListDto } from './indicators.dto.js';
import {
  type Audience,
  headOf,
  toIndicatorDto,
  toInstitutionDtos,
  toListDto,
  toPoint,
} from './indicators.views.js';

/** Periods of a series. */
const SERIES = 5;

/** Figures for everybody; small numbers of people are told to overseers only. */
@Injectable()
export class Indicators {
  constructor(
    private readonly figures: IndicatorFigures,
    private readonly institutions: Institutions,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Throws `known-at-oversight` where the public asks for a moment. */
  async list(principal: Principal | undefined, query: FiguresQuery): Promise<IndicatorListDto> {
    const audience = audienceOf(principal);
    requireNow(audience, query);
    return toListDto(await this.figures.read(this.asked(query)), audience);
  }

  /** Throws `not-found` for an indicator that there is not; else as {@link list}. */
  async show(
    principal: Principal | undefined,
    id: string,
    query: FiguresQuery,
  ): Promise<IndicatorDetailDto> {
    const definition = definitionOf(id);
    const audience = audienceOf(principal);
    requireNow(audience, query);
    const asked = this.asked(query);
    const series: FiguresOfPeriod[] = [];
    for (const period of seriesUpTo(asked.period, SERIES)) {
      series.push(await this.figures.read({ ...asked, period, only: definition }));
    }
    const now = series[series.length - 1] as FiguresOfPeriod;
    const all = await this.database.read((tx) => this.institutions.list(tx));
    const within = now.institutionsIn(definition);
    const rows = all
      .filter((one) => within.includes(one.id))
      .map((institution) => ({
        institution,
        figure: now.ofInstitution(definition, institution.id),
      }));
    return {
      ...headOf(now),
      indicator: toIndicatorDto(definition, figureIn(now, definition), audience),
      series: series.map((one) =>
        toPoint(one.period, { definition, figure: figureIn(one, definition) }, audience),
      ),
      institutions: toInstitutionDtos(definition, rows, audience),
    };
  }

  /** What a query asks for. Throws `not-found` for a period that there is not. */
  asked({ period: id, knownAt }: FiguresQuery): Asked {
    const period = id === undefined ? yearWith(this.clock.today()) : parsePeriod(id);
    if (!period) throw notFound();
    return { period, knownAt: knownAt === undefined ? null : (parseMoment(knownAt) ?? null) };
  }
}

export function definitionOf(id: string): IndicatorDefinition {
  const definition = indicatorOf(id);
  if (!definition) throw notFound();
  return definition;
}

/** Of two moments around one posting the public would learn in which groups one person is. */
function requireNow(audience: Audience, { knownAt }: FiguresQuery): void {
  if (audience === 'everybody' && knownAt !== undefined) throw refusal('known-at-oversight');
}

function audienceOf(principal: Principal | undefined): Audience {
  return principal && isOverseer(principal) ? 'overseer' : 'everybody';
}

function figureIn({ items }: FiguresOfPeriod, { id }: IndicatorDefinition) {
  const found = items.find(({ definition }) => definition.id === id);
  if (!found) throw new Error(`no figure of ${id}`);
  return found.figure;
}
