import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { importsApi } from '../../../api/imports';
import type { Import } from '../../../api/types';
import { ConfirmButton } from '../../../parts/confirm-button';
import { Icon } from '../../../parts/icon';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { ImportTag } from './import-tag';
import { ProgressBar } from './progress-bar';
import { RowFaults } from './row-faults';
import { isMoving, useLiveImport } from './use-live-import';

/** One file from its upload to its final counts. */
export function ImportPage() {
  const { t } = useTranslation('registrar');
  const { id = '' } = useParams();
  const live = useLiveImport(id);
  return (
    <Page
      title={live.data?.fileName ?? t('import.title')}
      lead={
        <p>
          <Link to="/registrar/imports">{t('import.all')}</Link>
        </p>
      }
    >
      {live.isPending && <Loading />}
      {live.isError && <ProblemNote error={live.error} />}
      {live.data && <Import item={live.data} />}
    </Page>
  );
}

function Import({ item }: { item: Import }) {
  return (
    <div className="stack">
      <section className="card stack">
        <div className="row" role="status">
          <ImportTag state={item.state} />
          <span className="soft">
            {[item.format, item.encoding].filter(Boolean).join(' · ').toUpperCase()}
          </span>
        </div>
        <Reading item={item} />
        {isMoving(item.state) && <ProgressBar item={item} />}
        {item.state === 'checked' && <DryRun item={item} />}
        {item.state === 'committed' && <Result item={item} />}
        {item.state === 'failed' && <Failure item={item} />}
      </section>
      {item.faultsListed > 0 && item.state !== 'failed' && <RowFaults item={item} />}
    </div>
  );
}

/** Which part of the file was read, so that nobody wonders where the rest is. */
function Reading({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const { sheet, ignoredSheets, ignoredColumns } = item;
  return (
    <>
      {sheet !== null && ignoredSheets.length > 0 && (
        <p className="soft">
          {t('reading.sheet', { sheet, others: ignoredSheets.join(t('reading.and')) })}
        </p>
      )}
      {ignoredColumns.length > 0 && (
        <p className="soft">
          {t('reading.columns', { columns: ignoredColumns.join(t('reading.and')) })}
        </p>
      )}
    </>
  );
}

/** A file that was refused as a whole: why, and what to change. */
function Failure({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const { problem } = item;
  return (
    <Note tone="bad" title={problem ? format.text(problem.title) : t('failed.title')}>
      {problem && <p>{format.text(problem.change)}</p>}
      <p>{t('failed.text')}</p>
    </Note>
  );
}

/** The dry run in plain words: what would happen, and the one button that makes it happen. */
function DryRun({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const { fit, faulty, alreadyPosted } = item.rows;
  return (
    <>
      <h2>{t('dryRun.title')}</h2>
      <p>
        <strong>
          {t('dryRun.words', {
            fit: format.count(fit),
            faulty: format.count(faulty),
            alreadyPosted: format.count(alreadyPosted),
          })}
        </strong>
      </p>
      <Counts item={item} kinds={['fit', 'faulty', 'alreadyPosted']} />
      <p>{t('dryRun.nothingPosted')}</p>
      {item.needsSecondPerson && (
        <Note tone="wait" title={t('dryRun.second')}>
          <p>{t('dryRun.secondText')}</p>
        </Note>
      )}
      {fit > 0 ? (
        <Commit item={item} />
      ) : (
        <Note
          tone="wait"
          title={faulty === 0 && alreadyPosted > 0 ? t('dryRun.allPosted') : t('dryRun.noneFit')}
        />
      )}
      {fit > 0 && faulty > 0 && (
        <p className="soft">{t('dryRun.rest', { faulty: format.count(faulty) })}</p>
      )}
      {faulty > 0 && <Corrections item={item} />}
    </>
  );
}

function Result({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  return (
    <>
      <Note tone="good" title={t('result.title')}>
        <p>{t('result.text')}</p>
      </Note>
      <Counts item={item} kinds={['posted', 'faulty', 'alreadyPosted']} />
      {item.rows.faulty > 0 && <Corrections item={item} />}
    </>
  );
}

const COUNT_ICONS = {
  fit: 'check',
  posted: 'check',
  faulty: 'warn',
  alreadyPosted: 'dash',
} as const;

type CountKind = keyof typeof COUNT_ICONS;

function Counts({ item, kinds }: { item: Import; kinds: readonly CountKind[] }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  return (
    <dl className="facts">
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>
            <Icon name={COUNT_ICONS[kind]} />
            {t(`count.${kind}`)}
          </dt>
          <dd>
            {t('count.rows', { rows: format.count(item.rows[kind]), count: item.rows[kind] })}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Corrections({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  return (
    <div>
      <p className="soft">{t('corrections.text')}</p>
      <div className="row">
        <a href={`/v1/imports/${item.id}/corrections.xlsx`} download className="button">
          <Icon name="down" />
          {t('corrections.download')}
        </a>
        <Link to="/registrar/imports" className="button">
          <Icon name="up" />
          {t('corrections.upload')}
        </Link>
      </div>
    </div>
  );
}

function Commit({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const queries = useQueryClient();
  const commit = useMutation({
    mutationFn: () => importsApi.commitImport(item.id),
    onSuccess: (begun) => queries.setQueryData(['imports', item.id], begun),
  });
  const rows = format.count(item.rows.fit);
  const count = item.rows.fit;
  return (
    <>
      {commit.isError && <ProblemNote error={commit.error} />}
      <div>
        <ConfirmButton
          label={t('commit.label', { rows, count })}
          title={t('commit.title')}
          question={<p>{t('commit.question', { rows, count })}</p>}
          confirmLabel={t('commit.confirm')}
          disabled={commit.isPending}
          onConfirm={() => commit.mutate()}
        />
      </div>
    </>
  );
}
