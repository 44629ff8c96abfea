import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '../../../api/types';
import { useFormat } from '../../../parts/use-format';

/** How far the service is, in a bar and in words. The page may be closed meanwhile. */
export function ProgressBar({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const id = useId();
  const { rowsDone, rowsTotal, rowsPerSecond, secondsLeft } = item.progress;
  const done = format.count(rowsDone);
  return (
    <div className="stack">
      <div>
        <label htmlFor={id}>
          <strong>
            {t(`progress.${item.state === 'committing' ? 'committing' : 'checking'}`)}
          </strong>
        </label>
        <progress
          id={id}
          className="tall"
          {...(rowsTotal !== null && { value: rowsDone, max: Math.max(rowsTotal, 1) })}
        />
      </div>
      <dl className="facts">
        <div>
          <dt>{t('progress.rows')}</dt>
          <dd>{rowsTotal === null ? done : `${done} / ${format.count(rowsTotal)}`}</dd>
        </div>
        <div>
          <dt>{t('progress.speed')}</dt>
          <dd>{t('progress.perSecond', { rows: format.count(Math.round(rowsPerSecond)) })}</dd>
        </div>
        <div>
          <dt>{t('progress.left')}</dt>
          <dd>
            {secondsLeft === null ? '–' : t('progress.seconds', { count: Math.ceil(secondsLeft) })}
          </dd>
        </div>
        <div>
          <dt>{t('progress.faulty')}</dt>
          <dd>{format.count(item.rows.faulty)}</dd>
        </div>
      </dl>
      <p className="soft">{t('progress.mayClose')}</p>
    </div>
  );
}
