import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { EquivalenceBatch } from '../../api/types';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { CheckedBy } from '../../parts/verification/answer-tools';
import { ListRows } from './list-rows';
import { ListTag, isUnderWay } from './list-state';

const LOOK_AGAIN_MS = 1_000;

/** One list: how far it is, and what came of it. */
export function ListPage() {
  const { t } = useTranslation('admissions');
  const { id = '' } = useParams();
  const list = useQuery({
    queryKey: ['equivalence', 'lists', id],
    queryFn: () => equivalenceApi.list(id),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? LOOK_AGAIN_MS : false),
  });
  return (
    <Page
      title={list.data?.fileName || t('list.title')}
      lead={
        <p className="no-print">
          <Link to="/admissions/lists">{t('list.all')}</Link>
        </p>
      }
    >
      <div className="stack">
        {list.isPending && <Loading />}
        {list.isError && <ProblemNote error={list.error} />}
        {list.data && <Standing list={list.data} />}
        {list.data?.state === 'done' && <ListRows id={id} />}
      </div>
    </Page>
  );
}

function Standing({ list }: { list: EquivalenceBatch }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { state, problem, programme } = list;
  return (
    <section className="card stack">
      <div role="status">
        <ListTag state={state} />
      </div>
      <p>
        {t('list.against', {
          programme: programme === null ? t('ask.perRow') : programmeName(programme),
          date: format.date(list.on),
        })}
      </p>
      {isUnderWay(list) && <Progress list={list} />}
      {problem && (
        <Note tone="bad" title={format.text(problem.title)}>
          <p>{format.text(problem.change)}</p>
        </Note>
      )}
      {state === 'destroyed' && <p>{t('list.destroyed')}</p>}
      {list.counts && <Counts counts={list.counts} />}
      {state === 'done' && (
        <>
          <div className="row no-print">
            <a
              className="button main"
              href={`/v1/equivalence/batches/${list.id}/result.xlsx`}
              download
            >
              <Icon name="down" />
              {t('list.download')}
            </a>
            <button type="button" className="button" onClick={() => window.print()}>
              <Icon name="print" />
              {t('list.print')}
            </button>
          </div>
          <p className="small soft">{t('list.kept', { at: format.moment(list.keptUntil) })}</p>
          <CheckedBy at={list.createdAt} />
        </>
      )}
    </section>
  );
}

function Progress({ list }: { list: EquivalenceBatch }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const id = useId();
  const { rowsDone, rowsTotal, secondsLeft } = list.progress;
  return (
    <div>
      <label htmlFor={id}>
        <strong>{t('list.progress')}</strong>{' '}
        {rowsTotal !== null && `${format.count(rowsDone)} / ${format.count(rowsTotal)}`}
        {secondsLeft !== null && ` · ${t('list.left', { count: Math.ceil(secondsLeft) })}`}
      </label>
      <progress
        id={id}
        className="tall"
        {...(rowsTotal !== null && { value: rowsDone, max: Math.max(rowsTotal, 1) })}
      />
      <p className="soft">{t('list.mayClose')}</p>
    </div>
  );
}

const COUNTED = ['matched', 'notMatched', 'notChecked'] as const;
const ICONS = { matched: 'check', notMatched: 'cross', notChecked: 'dash' } as const;

function Counts({ counts }: { counts: NonNullable<EquivalenceBatch['counts']> }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  return (
    <dl className="facts">
      {COUNTED.map((one) => (
        <div key={one}>
          <dt>
            <Icon name={ICONS[one]} />
            {t(`list.count.${one}`)}
          </dt>
          <dd>{format.count(counts[one])}</dd>
        </div>
      ))}
    </dl>
  );
}
