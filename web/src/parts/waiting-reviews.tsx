import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Note } from './note';
import { useWaiting } from './use-waiting';

/** Applications that wait for the people of this institution, said where their day begins. */
export function WaitingReviews() {
  const { t } = useTranslation('review');
  const waiting = useWaiting();
  if (!waiting || waiting.waiting === 0) return null;
  const { overdue } = waiting;
  return (
    <div className="no-print">
      <Note
        tone={overdue > 0 ? 'bad' : 'wait'}
        title={t('here.waiting', { count: waiting.waiting })}
      >
        {overdue > 0 && <p>{t('overdue', { count: overdue })}</p>}
        <p>
          <Link to="/review">{t('here.go')}</Link>
        </p>
      </Note>
    </div>
  );
}
