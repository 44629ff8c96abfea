import { useTranslation } from 'react-i18next';
import type { Indicator, IndicatorDetail } from '../../api/report';
import { type Column, DataTable } from '../../parts/data-table';
import { useFormat } from '../../parts/use-format';
import { useFigures } from './words';

interface Row {
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly value: string | null;
  /** How many numbers it is a part of, one within the other. */
  readonly depth: number;
}

type Part = Indicator['parts'][number];

function depthOf({ partOf }: Part, parts: readonly Part[]): number {
  const whole = parts.find(({ key }) => key === partOf);
  return whole ? 1 + depthOf(whole, parts) : Number(partOf !== null);
}

/** The numbers that a figure is made of, and what nobody stated beside it. */
export function Parts({ indicator: { parts, amounts, unknown } }: { indicator: Indicator }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  // Where those of whom nothing was stated are counted in, they stand among the parts already.
  const isNoPart = ({ title }: { title: Row['title'] }): boolean =>
    parts.every((part) => part.title.zh !== title.zh);
  const rows: Row[] = [
    ...parts.map((part) => ({ ...part, depth: depthOf(part, parts) })),
    ...amounts.map((amount) => ({ ...amount, depth: 0 })),
    ...unknown.filter(isNoPart).map((part) => ({ ...part, key: `unknown ${part.key}`, depth: 1 })),
  ];
  if (rows.length === 0) return null;
  const columns: Column<Row>[] = [
    {
      key: 'part',
      head: t('one.part'),
      cell: ({ title, depth, key }) => (
        <>
          {'· '.repeat(depth)}
          {format.text(title)}
          {key.startsWith('unknown ') && <span className="small soft"> {t('one.unknown')}</span>}
        </>
      ),
    },
    {
      key: 'value',
      head: t('one.count'),
      number: true,
      cell: ({ value }) => (value === null ? t('one.hidden') : format.amount(value)),
    },
  ];
  return (
    <section className="card" aria-labelledby="parts">
      <h2 id="parts">{t('one.parts')}</h2>
      <DataTable
        caption={t('one.parts')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </section>
  );
}

type Used = Indicator['inputs'][number];

/** Figures from outside that a figure rests on, with their source. */
export function UsedInputs({ inputs }: { inputs: readonly Used[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const columns: Column<Used>[] = [
    { key: 'input', head: t('one.input'), cell: ({ title }) => format.text(title) },
    {
      key: 'value',
      head: t('one.value'),
      number: true,
      cell: ({ value }) => format.amount(value),
    },
    {
      key: 'on',
      head: t('one.on'),
      cell: ({ on }) => (on === null ? t('one.always') : format.date(on)),
    },
    {
      key: 'sources',
      head: t('one.sources'),
      cell: ({ sources }) => format.list(sources.map((source) => format.text(source))),
    },
  ];
  return (
    <section className="card" aria-labelledby="inputs">
      <h2 id="inputs">{t('one.inputs')}</h2>
      <DataTable
        caption={t('one.inputs')}
        hideCaption
        columns={columns}
        rows={inputs}
        rowKey={({ code }) => code}
      />
    </section>
  );
}

type OfInstitution = IndicatorDetail['institutions'][number];

export function Institutions(props: {
  institutions: readonly OfInstitution[];
  unit: Indicator['unit'];
}) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  const columns: Column<OfInstitution>[] = [
    { key: 'name', head: t('one.institution'), cell: ({ name }) => format.text(name) },
    {
      key: 'value',
      head: t('one.value'),
      cell: ({ value, suppressed }) =>
        value === null
          ? t(suppressed ? 'one.hidden' : 'met.unknown')
          : figures.of(props.unit, value),
    },
  ];
  return (
    <section className="card" aria-labelledby="institutions">
      <h2 id="institutions">{t('one.institutions')}</h2>
      <DataTable
        caption={t('one.institutions')}
        hideCaption
        columns={columns}
        rows={props.institutions}
        rowKey={({ code }) => code}
      />
    </section>
  );
}
