import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationReport } from '../../api/drafts';
import { Chart } from '../../parts/chart';
import { type Column, DataTable } from '../../parts/data-table';
import { useInstitutionByCode } from '../../parts/institution-codes';
import { useFormat } from '../../parts/use-format';

type School = SimulationReport['schools'][number];
type Cap = SimulationReport['caps'][number];
type Case = SimulationReport['gainedCases'][number] & { readonly key: string };

/** Schools that a chart can name; all of them stand in the table. */
const MOST_BARS = 12;

/** By school, at which limits, and the largest single differences. */
export function SimulationDetails(props: {
  report: SimulationReport;
  /** What a rule or limit is called. */
  titleOf: (id: string) => string;
}) {
  const { report, titleOf } = props;
  return (
    <>
      <Schools report={report} />
      <Caps caps={report.caps} titleOf={titleOf} />
      <Cases report={report} titleOf={titleOf} />
    </>
  );
}

function Schools({ report }: { report: SimulationReport }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const institutionName = useInstitutionByCode();
  const { schools, schoolsHidden } = report;
  const moved = schools.filter(({ gained, lost }) => gained + lost > 0);
  const shown = moved
    .toSorted((a, b) => b.gained + b.lost - (a.gained + a.lost))
    .slice(0, MOST_BARS);
  const option = useSchoolBars(shown);
  const [most] = shown;
  if (schools.length === 0) return null;
  const table = <SchoolTable schools={schools} />;
  const hidden = schoolsHidden > 0 && (
    <p className="soft">{t('schools.hidden', { count: schoolsHidden })}</p>
  );
  if (!most) {
    return (
      <section className="card stack" aria-labelledby="schools">
        <h2 id="schools">{t('schools.title')}</h2>
        <p>{t('schools.none')}</p>
        {table}
        {hidden}
      </section>
    );
  }
  return (
    <Chart
      title={t('schools.title')}
      summary={t('schools.summary', {
        schools: format.count(moved.length),
        most: institutionName(most.institution),
        gained: format.count(most.gained),
        lost: format.count(most.lost),
        count: moved.length,
      })}
      option={option}
      table={
        <>
          {table}
          {hidden}
        </>
      }
    />
  );
}

/** Two bars a school: who gains to the right, who loses to the left. */
function useSchoolBars(schools: readonly School[]) {
  const { t } = useTranslation('rulebook');
  const institutionName = useInstitutionByCode();
  const names = schools.map(({ institution }) => institutionName(institution)).join('\n');
  return useMemo(() => {
    const bar = (name: string, data: number[]) => ({ name, type: 'bar', stack: 'learners', data });
    return {
      grid: { containLabel: true, left: 8, right: 16, top: 40, bottom: 8 },
      legend: { top: 0 },
      // Who loses stands to the left of zero, as so many people and not as fewer than none.
      xAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { formatter: (people: number) => String(Math.abs(people)) },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.split('\n'),
        axisLabel: { width: 140, overflow: 'break' },
      },
      series: [
        bar(
          t('simulation.gained'),
          schools.map(({ gained }) => gained),
        ),
        bar(
          t('simulation.lost'),
          schools.map(({ lost }) => -lost),
        ),
      ],
    };
  }, [schools, names, t]);
}

function SchoolTable({ schools }: { schools: readonly School[] }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const institutionName = useInstitutionByCode();
  const columns: Column<School>[] = [
    {
      key: 'school',
      head: t('schools.school'),
      cell: ({ institution }) => institutionName(institution),
    },
    {
      key: 'learners',
      head: t('schools.learners'),
      number: true,
      cell: ({ learners }) => format.count(learners),
    },
    {
      key: 'gained',
      head: t('simulation.gained'),
      number: true,
      cell: ({ gained }) => format.count(gained),
    },
    {
      key: 'creditsGained',
      head: t('schools.creditsGained'),
      number: true,
      cell: ({ creditsGained }) => format.amount(creditsGained),
    },
    {
      key: 'lost',
      head: t('simulation.lost'),
      number: true,
      cell: ({ lost }) => format.count(lost),
    },
    {
      key: 'creditsLost',
      head: t('schools.creditsLost'),
      number: true,
      cell: ({ creditsLost }) => format.amount(creditsLost),
    },
  ];
  return (
    <DataTable
      caption={t('schools.title')}
      hideCaption
      columns={columns}
      rows={schools}
      rowKey={({ institution }) => institution}
    />
  );
}

function Caps({ caps, titleOf }: { caps: readonly Cap[]; titleOf: (id: string) => string }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  if (caps.length === 0) return null;
  const columns: Column<Cap>[] = [
    { key: 'cap', head: t('caps.cap'), cell: ({ cap }) => titleOf(cap) },
    {
      key: 'before',
      head: t('caps.before'),
      number: true,
      cell: ({ before }) => format.count(before),
    },
    { key: 'after', head: t('caps.after'), number: true, cell: ({ after }) => format.count(after) },
  ];
  return (
    <section className="card stack" aria-labelledby="caps">
      <div>
        <h2 id="caps">{t('caps.title')}</h2>
        <p className="soft">{t('caps.lead')}</p>
      </div>
      <DataTable
        caption={t('caps.title')}
        hideCaption
        columns={columns}
        rows={caps}
        rowKey={({ cap }) => cap}
      />
    </section>
  );
}

function Cases(props: { report: SimulationReport; titleOf: (id: string) => string }) {
  const { report, titleOf } = props;
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const rows = [
    ...report.lostCases.map((one, index): Case => ({ ...one, key: `lost ${index}` })),
    ...report.gainedCases.map((one, index): Case => ({ ...one, key: `gained ${index}` })),
  ];
  if (rows.length === 0) return null;
  const columns: Column<Case>[] = [
    {
      key: 'change',
      head: t('cases.change'),
      cell: ({ creditsBefore, creditsAfter }) =>
        t('cases.credits', {
          before: format.amount(creditsBefore),
          after: format.amount(creditsAfter),
        }),
    },
    {
      key: 'gained',
      head: t('cases.rulesGained'),
      cell: ({ rulesGained }) => rulesGained.map(titleOf).join(t('cases.and')) || '–',
    },
    {
      key: 'lost',
      head: t('cases.rulesLost'),
      cell: ({ rulesLost }) => rulesLost.map(titleOf).join(t('cases.and')) || '–',
    },
  ];
  return (
    <section className="card stack" aria-labelledby="cases">
      <div>
        <h2 id="cases">{t('cases.title')}</h2>
        <p className="soft">{t('cases.lead')}</p>
      </div>
      <DataTable
        caption={t('cases.title')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </section>
  );
}
