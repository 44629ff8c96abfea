import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, Grant, Requirement } from '../api/types';
import { DecisionDetails } from './decision-details';
import { type Column, DataTable } from './data-table';
import { Lots, type Titles } from './lots';
import { Tag } from './tag';
import { useFormat } from './use-format';

/** A decision as a person reads it: the sum, what it rests on, what is missing, and every reason. */
export function DecisionView(props: { decision: Decision; titles: Titles; isBooked?: boolean }) {
  const { decision, titles } = props;
  const { t } = useTranslation('decision');
  const format = useFormat();
  return (
    <div className="stack">
      <section className="card stack">
        <div>
          <p>{props.isBooked ? t('sumBooked') : t('sum')}</p>
          <p className="figure">
            {format.amount(decision.credits)} <span className="unit">{t('unit')}</span>
          </p>
          <p className="soft">
            {decision.proven ? t('proven') : t('bound', { amount: format.amount(decision.bound) })}
          </p>
        </div>
        <Grants grants={decision.granted} titles={titles} />
      </section>
      {decision.requirements.length > 0 && <Requirements decision={decision} />}
      <DecisionDetails decision={decision} titles={titles} />
    </div>
  );
}

function Grants({ grants, titles }: { grants: readonly Grant[]; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  if (grants.length === 0) return <p>{t('noGrants')}</p>;
  const columns: Column<{ grant: Grant; at: number }>[] = [
    {
      key: 'from',
      head: t('grant.from'),
      cell: ({ grant }) => <Lots lots={grant.lots} titles={titles} />,
    },
    {
      key: 'to',
      head: t('grant.to'),
      cell: ({ grant }) => <GrantTarget grant={grant} />,
    },
    {
      key: 'credits',
      head: t('grant.credits'),
      number: true,
      cell: ({ grant }) => format.amount(grant.credits),
    },
    {
      key: 'basis',
      head: t('grant.basis'),
      cell: ({ grant }) => (
        <>
          {format.text(grant.ruleTitle)}
          {grant.basis && <div className="small soft">{grant.basis}</div>}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('grant.caption')}
      columns={columns}
      rows={grants.map((grant, at) => ({ grant, at }))}
      rowKey={({ at }) => String(at)}
    />
  );
}

function GrantTarget({ grant }: { grant: Grant }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const target: ReactNode = grant.courseTitle
    ? format.text(grant.courseTitle)
    : (grant.course ?? (grant.elective && t('grant.elective')));
  const gradeOf = (grade: string): string =>
    grade === 'exempt' ? t('grant.exempt') : t('grant.grade', { grade: format.grade(grade) });
  return (
    <>
      {target ?? grant.value}
      <div className="small soft">
        {t(`effect.${grant.effect}`)}
        {grant.grade && ` · ${gradeOf(grant.grade)}`}
      </div>
    </>
  );
}

function Requirements({ decision }: { decision: Decision }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const columns: Column<Requirement>[] = [
    {
      key: 'title',
      head: t('requirement.title'),
      cell: (requirement) => format.text(requirement.title),
    },
    ...(['needed', 'have', 'short'] as const).map((key) => ({
      key,
      head: t(`requirement.${key}`),
      number: true,
      cell: (requirement: Requirement) => format.amount(requirement[key]),
    })),
    {
      key: 'met',
      head: t('requirement.state'),
      cell: ({ met }) =>
        met ? (
          <Tag tone="good" icon="check">
            {t('requirement.met')}
          </Tag>
        ) : (
          <Tag tone="wait" icon="clock">
            {t('requirement.open')}
          </Tag>
        ),
    },
  ];
  return (
    <section className="card">
      <h3>{t('requirement.caption')}</h3>
      <DataTable
        caption={t('requirement.caption')}
        hideCaption
        columns={columns}
        rows={decision.requirements}
        rowKey={({ requirement }) => requirement}
      />
    </section>
  );
}
