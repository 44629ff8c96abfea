import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { counterApi } from '../../api/counter';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Acting } from '../account/acting';
import { current } from './current';

const LOOK_AGAIN_MS = 30_000;

/** The record of the person at the counter, until the session ends. */
export function Serving() {
  const { t } = useTranslation('counter');
  const { id = '' } = useParams();
  const session = useQuery({
    queryKey: ['counter', id],
    queryFn: () => counterApi.session(id),
    // It ends by itself when its time is over.
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (session.isPending) return <Loading />;
  if (session.isError || session.data.state === 'ended') {
    if (current.get() === id) current.set(null);
    return (
      <Page title={t('ended.title')}>
        {session.isError ? (
          <ProblemNote error={session.error} />
        ) : (
          <Note tone="quiet" title={t('ended.note')} />
        )}
        <p>
          <Link to="/counter" className="button main">
            {t('ended.next')}
          </Link>
        </p>
      </Page>
    );
  }
  return <Acting right={session.data} base={`/counter/serving/${id}`} leave={<Leave id={id} />} />;
}

function Leave({ id }: { id: string }) {
  const { t } = useTranslation('counter');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: () => counterApi.close(id),
    onSuccess: async () => {
      current.set(null);
      await navigate('/counter');
      // What one person was shown must not show for the next.
      queries.removeQueries({ queryKey: ['own', id] });
      queries.removeQueries({ queryKey: ['counter', id] });
    },
  });
  return (
    <>
      <button
        type="button"
        className="button main"
        disabled={close.isPending}
        onClick={() => close.mutate()}
      >
        {t('end')}
      </button>
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="print" />
        {t('print')}
      </button>
      {close.isError && <ProblemNote error={close.error} />}
    </>
  );
}
