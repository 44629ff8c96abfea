import {
  type ReportContent,
  type ReportedIndicator,
  type ReportedSchool,
  STANDARDS,
  type SchoolFacts,
  warningsOf,
} from '#libs/reports';
import { type Period, indicatorOf } from '#libs/indicators';
import type { Text } from '#libs/problems';
import { type FiguresOfPeriod, toInstitutionDtos, toListDto } from '../../indicators/index.js';
import type { Institution } from '../../institutions/index.js';

/** Everything that a report is made of, read in one transaction. */
export interface Readings {
  readonly figures: FiguresOfPeriod;
  /** The figures of the periods before, the newest first. */
  readonly earlier: readonly FiguresOfPeriod[];
  readonly schools: readonly ReportedSchool[];
  readonly institutions: readonly Institution[];
}

/** What is known of a report before it has a place. */
export interface Heading {
  readonly number: number;
  readonly id: string;
  readonly publishedAt: Date;
  readonly scheduledFor: string | null;
  readonly publisher: ReportContent['publisher'];
}

/** Figures and conditions as everybody is told them, with nothing of a single person in them. */
export function tellOf(
  readings: Readings,
): Pick<
  ReportContent,
  'period' | 'dataTime' | 'cohortFrozenAt' | 'indicators' | 'schools' | 'standards' | 'warnings'
> {
  const { figures, schools } = readings;
  const { period, dataTime, cohortFrozenAt, items } = toListDto(figures, 'everybody');
  const used = new Set(schools.flatMap(({ standard }) => standard?.id ?? []));
  return {
    period,
    dataTime,
    cohortFrozenAt,
    indicators: items.map(toReported),
    standards: STANDARDS.filter(({ id }) => used.has(id)).map(({ id, version, title, source }) => ({
      id,
      version,
      title,
      source,
    })),
    schools,
    warnings: warningsOf(factsOf(readings), figures.day),
  };
}

export function contentOf(readings: Readings, heading: Heading): ReportContent {
  const { number, id, publishedAt, scheduledFor, publisher } = heading;
  const told = tellOf(readings);
  return {
    type: 'MonitoringReport',
    version: 1,
    number,
    id,
    title: titleOf(readings.figures.period, told.period.countedTo),
    publishedAt: publishedAt.toISOString(),
    scheduledFor,
    publisher,
    ...told,
  };
}

function titleOf({ id, kind }: Period, countedTo: string): Text {
  const name = kind === 'year' ? `${id}年` : `${id}学年`;
  return {
    zh: `${name}职业教育监测报告（统计至${countedTo}）`,
    en: `Monitoring report of vocational education ${id} (counted to ${countedTo})`,
  };
}

/** The fields of a report and no others: what an answer gains later is in no older report. */
function toReported(item: ReportedIndicator): ReportedIndicator {
  return {
    id: item.id,
    version: item.version,
    title: item.title,
    definition: item.definition,
    unit: item.unit,
    decimals: item.decimals,
    target: item.target,
    owner: item.owner,
    value: item.value,
    absence: item.absence,
    met: item.met,
    parts: item.parts,
    amounts: item.amounts,
    unknown: item.unknown,
    inputs: item.inputs,
    missing: item.missing,
  };
}

/** Numbers of single schools, each only where the public is told it. */
function factsOf({ figures, earlier, schools, institutions }: Readings): SchoolFacts[] {
  const pathway = toldBySchool(figures, institutions, 'pathway-pass');
  const onward = toldBySchool(figures, institutions, 'secondary-onward');
  const match = toldBySchool(figures, institutions, 'programme-match');
  const learners = [figures, ...earlier].map((one) => learnersOf(one, institutions));
  const known = new Map(schools.map((school) => [school.code, school]));
  return institutions
    .filter(({ kind, code }) => kind === 'school' || known.has(code))
    .map(({ code, name }) => {
      const school = known.get(code);
      return {
        code,
        name,
        conditions: school?.standard ? school.conditions : null,
        pathwayPass: pathway.get(code) ?? null,
        onward: onward.get(code) ?? null,
        programmeMatch: match.get(code) ?? null,
        learners: learners.map((counts) => counts.get(code) ?? null),
      };
    });
}

function toldBySchool(
  figures: FiguresOfPeriod,
  institutions: readonly Institution[],
  id: string,
): Map<string, string> {
  const definition = indicatorOf(id);
  if (!definition) throw new Error(`there is no indicator ${id}`);
  const within = figures.institutionsIn(definition);
  const rows = institutions
    .filter((one) => within.includes(one.id))
    .map((institution) => ({
      institution,
      figure: figures.ofInstitution(definition, institution.id),
    }));
  const told = toInstitutionDtos(definition, rows, 'everybody');
  return new Map(told.flatMap(({ code, value }) => (value === null ? [] : [[code, value]])));
}

/** Only whether there is anybody: zero is told, and any other number is not asked for. */
function learnersOf(
  figures: FiguresOfPeriod,
  institutions: readonly Institution[],
): Map<string, string | null> {
  const definition = indicatorOf('learners-from-elsewhere');
  if (!definition) throw new Error('there is no indicator of learners');
  const within = new Set(figures.institutionsIn(definition));
  return new Map(institutions.map(({ id, code }) => [code, within.has(id) ? null : '0']));
}
