import type { Text } from '#libs/problems';
import { type CompiledRulebook, compilePublished } from '#libs/rules';
import type { Institution } from '../institutions/index.js';
import { orThrow } from '../platform/http/index.js';
import { type PublicReport, type Report, toPublic } from './report.js';
import type { Scheme } from './scheme.js';
import type { SchemeInstitutionDto } from './schemes.dto.js';
import type { Simulation } from './simulation.js';
import type { SchemeReportDto, SchemeSimulationDto } from './simulations.dto.js';

export interface SimulationContext {
  readonly scheme: Scheme;
  readonly rules: CompiledRulebook;
  /** By code. */
  readonly institutions: ReadonlyMap<string, Institution>;
  /** Whether small numbers are told. */
  readonly isWhole: boolean;
}

export function toSimulationDto(
  simulation: Simulation,
  context: SimulationContext,
): SchemeSimulationDto {
  const { report } = simulation;
  return {
    id: simulation.id,
    scheme: context.scheme.code,
    graduatesOf: simulation.graduatesOf,
    compares: simulation.label,
    on: simulation.on,
    isPublic: simulation.isPublic,
    state: simulation.state,
    total: context.isWhole ? simulation.total : null,
    done: context.isWhole ? simulation.done : 0,
    report: report && toReportDto(report, simulation, context),
    createdAt: simulation.createdAt.toISOString(),
    endedAt: simulation.endedAt?.toISOString() ?? null,
  };
}

function toReportDto(
  report: Report,
  simulation: Simulation,
  context: SimulationContext,
): SchemeReportDto {
  const { isWhole, institutions } = context;
  const told = isWhole ? wholeOf(report) : toPublic(report);
  const titles = titlesOf(simulation, context);
  return {
    people: told.people,
    now: told.now,
    compared: told.compared,
    gained: isWhole ? report.gained : null,
    lost: isWhole ? report.lost : null,
    waiting: isWhole ? report.waitingNow : null,
    schools: told.schools.map(({ school, counts }) => ({
      school: toSchoolDto(school, institutions),
      people: counts?.people ?? null,
      now: counts?.now ?? null,
      compared: counts?.compared ?? null,
    })),
    rules: told.rules.map(({ rule, counts }) => ({
      rule,
      title: titles.get(rule) ?? { zh: rule, en: rule },
      now: counts?.now ?? null,
      compared: counts?.compared ?? null,
    })),
    text: textOf(told, simulation, isWhole ? report : null),
  };
}

function wholeOf({ people, now, compared, schools, rules }: Report): PublicReport {
  const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    people,
    now,
    compared,
    schools: sorted(schools).map(([school, counts]) => ({ school, counts })),
    rules: sorted(rules).map(([rule, counts]) => ({ rule, counts })),
  };
}

/** Titles of rules of both documents: one may have a rule that the other lacks. */
function titlesOf(
  { document, ruleHash }: Simulation,
  { rules }: SimulationContext,
): ReadonlyMap<string, Text> {
  const compared = ruleHash === rules.hash ? rules : orThrow(compilePublished(document));
  const all = [...compared.rulebook.rules, ...rules.rulebook.rules];
  return new Map(all.map(({ id, title }) => [id, title]));
}

/** A school may have left the bank's list under another code; then its code is its name. */
function toSchoolDto(
  code: string,
  institutions: ReadonlyMap<string, Institution>,
): SchemeInstitutionDto {
  const { zh, en } = institutions.get(code)?.name ?? { zh: code, en: code };
  return { code, zh, en };
}

function textOf(
  { people, now, compared }: PublicReport,
  { graduatesOf, label }: Simulation,
  report: Report | null,
): Text {
  if (people === null || now === null) {
    return {
      zh: `${graduatesOf} 年毕业生人数过少，不公布。`,
      en: `So few graduated in ${graduatesOf} that the numbers are not told.`,
    };
  }
  const zh = [`${graduatesOf} 年 ${people} 名毕业生中，${now} 人符合条件`];
  const en = [`Of ${people} graduates of ${graduatesOf}, ${now} are eligible`];
  if (compared === null) {
    zh.push(`按 ${label} 变动人数过少，不公布`);
    en.push(`by ${label} so few change that it is not told`);
  } else if (label !== '') {
    zh.push(`按 ${label} 为 ${compared} 人`);
    en.push(`${compared} by ${label}`);
    if (report) {
      zh.push(`增加 ${report.gained} 人，减少 ${report.lost} 人`);
      en.push(`${report.gained} gain and ${report.lost} lose`);
    }
  }
  return { zh: `${zh.join('，')}。`, en: `${en.join(', ')}.` };
}
