import { useTranslation } from 'react-i18next';
import type { SchoolCondition, SchoolConditions, SchoolWarning } from '../api/reports';
import { type Column, DataTable } from './data-table';
import type { IconName } from './icon';
import { Tag, type Tone } from './tag';
import { useFormat } from './use-format';

const LOOKS = {
  met: { tone: 'good', icon: 'check' },
  short: { tone: 'bad', icon: 'warn' },
  'not-stated': { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<SchoolCondition['state'], { tone: Tone; icon: IconName }>;

/** How a condition stands, in a word and an icon. */
export function ConditionTag({ state }: { state: SchoolCondition['state'] }) {
  const { t } = useTranslation('conditions');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

/** A figure with its unit; a percent sign stands right behind it. */
export function withUnit(value: string, unit: string): string {
  return unit === '%' ? `${value}%` : `${value} ${unit}`;
}

/** Every condition of one school against its standard. */
export function ConditionsTable({ school }: { school: SchoolConditions }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  if (school.standard === null) return <p>{t('noStandard')}</p>;
  const columns: Column<SchoolCondition>[] = [
    { key: 'title', head: t('condition'), cell: ({ title }) => format.text(title) },
    {
      key: 'value',
      head: t('value'),
      number: true,
      cell: ({ value, unit }) =>
        value === null ? '—' : withUnit(format.amount(value), format.text(unit)),
    },
    {
      key: 'required',
      head: t('required'),
      number: true,
      cell: ({ bound, required }) => t(`bound.${bound}`, { value: format.amount(required) }),
    },
    { key: 'state', head: t('stands'), cell: ({ state }) => <ConditionTag state={state} /> },
    {
      key: 'on',
      head: t('on'),
      date: true,
      cell: ({ on }) => (on === null ? '—' : format.date(on)),
    },
  ];
  return (
    <>
      <p className="small soft">
        {t('byStandard', {
          title: format.text(school.standard.title),
          version: school.standard.version,
        })}
      </p>
      <DataTable
        caption={t('conditionsOf', { school: format.text(school.name) })}
        hideCaption
        columns={columns}
        rows={school.conditions}
        rowKey={({ code }) => code}
      />
    </>
  );
}

const LEVELS = {
  urgent: { tone: 'bad', icon: 'warn' },
  watch: { tone: 'wait', icon: 'eye' },
} as const satisfies Record<SchoolWarning['level'], { tone: Tone; icon: IconName }>;

/** Early warnings, the urgent ones first, each with what it rests on. */
export function Warnings({ warnings }: { warnings: readonly SchoolWarning[] }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  if (warnings.length === 0) return <p>{t('warnings.none')}</p>;
  const columns: Column<SchoolWarning>[] = [
    { key: 'school', head: t('school'), cell: ({ school }) => format.text(school.name) },
    {
      key: 'level',
      head: t('warnings.level'),
      cell: ({ level }) => <Tag {...LEVELS[level]}>{t(`warnings.${level}`)}</Tag>,
    },
    { key: 'text', head: t('warnings.text'), cell: ({ text }) => format.text(text) },
    { key: 'basis', head: t('warnings.basis'), cell: ({ basis }) => format.text(basis) },
  ];
  return (
    <DataTable
      caption={t('warnings.title')}
      hideCaption
      columns={columns}
      rows={warnings}
      rowKey={({ kind, school }) => `${kind} ${school.code}`}
    />
  );
}
