import type { EChartsCoreOption } from 'echarts/core';
import { useTranslation } from 'react-i18next';
import type { SchemeSimulation } from '../../api/schemes';
import { Chart } from '../chart';
import { type Column, DataTable } from '../data-table';
import { useFormat } from '../use-format';
import { useMedia } from '../use-media';

type Report = NonNullable<SchemeSimulation['report']>;

interface Row {
  readonly key: string;
  readonly name: string;
  readonly people: number | null;
  readonly now: number | null;
  readonly compared: number | null;
}

/** What a simulation has seen, by school and by clause: a sentence, a chart and its figures. */
export function SimulationView({ simulation }: { simulation: SchemeSimulation }) {
  const { t } = useTranslation(['candidates', 'schemes']);
  const format = useFormat();
  const { report, compares } = simulation;
  const isNarrow = useMedia('(max-width: 40rem)');
  const label = compares === '' ? t('authority.sameRules') : wordsOf(compares, t);
  const title = t('authority.of', { year: String(simulation.graduatesOf), label });
  if (!report) {
    return (
      <section className="card">
        <h3>{title}</h3>
        <p role="status">{progressOf(simulation, t)}</p>
      </section>
    );
  }
  const compared = compares === '' ? null : t('authority.compared', { label });
  const rules = report.rules.map((rule): Row => ({
    key: rule.rule,
    name: format.text(rule.title),
    people: null,
    now: rule.now,
    compared: rule.compared,
  }));
  const schools = schoolsOf(report, format.text);
  const summary = summaryOf(simulation, report, { label, t });
  const table = <Figures caption={t('authority.bySchool')} rows={schools} compared={compared} />;
  return (
    <>
      {isNarrow ? (
        // There is no room for the names of the schools on a phone, and the table says the same.
        <section className="card stack">
          <div>
            <h2>{title}</h2>
            <p>{summary}</p>
          </div>
          {table}
        </section>
      ) : (
        <Chart
          title={title}
          summary={summary}
          option={optionOf(schools, t('authority.now'), compared)}
          table={table}
        />
      )}
      <section className="card">
        <Figures caption={t('authority.byRule')} rows={rules} compared={compared} isRules />
      </section>
    </>
  );
}

type Say = ReturnType<typeof useTranslation<['candidates', 'schemes']>>['t'];

function progressOf({ done, total }: SchemeSimulation, t: Say): string {
  return t('authority.running', { done: String(done), total: String(total ?? '…') });
}

function summaryOf(
  simulation: SchemeSimulation,
  report: Report,
  { label, t }: { label: string; t: Say },
): string {
  if (simulation.state !== 'done') return progressOf(simulation, t);
  const { people, now, compared, gained, lost } = report;
  if (people === null || now === null) return t('authority.hidden');
  const year = String(simulation.graduatesOf);
  const sentences: string[] = [t('authority.summary', { year, people, now })];
  if (simulation.compares !== '') {
    sentences.push(
      compared === null
        ? t('authority.changeHidden', { label })
        : t('authority.summaryCompared', { label, compared }),
    );
    if (gained !== null && lost !== null) {
      sentences.push(t('authority.summaryMoved', { gained, lost }));
    }
  }
  return sentences.join('');
}

/** What is compared, in words: `v2 lines=any` is another version with a reading of its own. */
function wordsOf(compares: string, t: Say): string {
  return compares
    .split(' ')
    .map((part) => {
      const reading = part.split('=')[1];
      if (reading !== 'all' && reading !== 'any') {
        return t('authority.otherVersion', { version: part.replace(/^v/, '') });
      }
      return t('authority.reading', { reading: t(`schemes:readings.${reading}`) });
    })
    .join(t('authority.and'));
}

function schoolsOf(report: Report, text: (value: Report['text']) => string): Row[] {
  return report.schools.map(({ school, people, now, compared }) => ({
    key: school.code,
    name: text(school),
    people,
    now,
    compared,
  }));
}

function Figures(props: {
  caption: string;
  rows: readonly Row[];
  compared: string | null;
  isRules?: boolean;
}) {
  const { t } = useTranslation(['candidates', 'schemes']);
  const format = useFormat();
  const count = (value: number | null): string =>
    value === null ? t('authority.hidden') : format.count(value);
  const columns: Column<Row>[] = [
    {
      key: 'name',
      head: t(props.isRules ? 'schemes:rule' : 'authority.schoolBefore'),
      cell: ({ name }) => name,
    },
  ];
  if (!props.isRules) {
    columns.push({
      key: 'people',
      head: t('authority.people'),
      number: true,
      cell: ({ people }) => count(people),
    });
  }
  columns.push({
    key: 'now',
    head: t('authority.now'),
    number: true,
    cell: ({ now }) => count(now),
  });
  if (props.compared !== null) {
    columns.push({
      key: 'compared',
      head: props.compared,
      number: true,
      cell: ({ compared }) => count(compared),
    });
  }
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.rows}
      rowKey={({ key }) => key}
    />
  );
}

/** Bars beside each other: eligible by the rules of the scheme, and by those compared. */
function optionOf(rows: readonly Row[], now: string, compared: string | null): EChartsCoreOption {
  const bar = (name: string, data: (number | null)[]) => ({
    name,
    type: 'bar',
    barMaxWidth: 40,
    data,
  });
  return {
    grid: { left: 50, right: 20, top: 20, bottom: 90 },
    legend: { bottom: 0 },
    xAxis: {
      type: 'category',
      data: rows.map(({ name }) => name),
      axisLabel: { interval: 0, width: 140, overflow: 'break' },
    },
    yAxis: { type: 'value', minInterval: 1 },
    series: [
      bar(
        now,
        rows.map((row) => row.now),
      ),
      ...(compared === null
        ? []
        : [
            bar(
              compared,
              rows.map((row) => row.compared),
            ),
          ]),
    ],
  };
}
