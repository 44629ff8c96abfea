import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import type { Application, ApplicationState } from '../../api/types';
import { ApplicationTag, WITH_PEOPLE, lookAgainAfter } from '../../parts/application-state';
import { ConfirmButton } from '../../parts/confirm-button';
import { DecisionView } from '../../parts/decision-view';
import { Icon } from '../../parts/icon';
import { HistoryNotes } from '../../parts/history-notes';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';

/** One application on its way: it moves by itself while the page is open. */
export function ApplicationPage() {
  const { t } = useTranslation('learner');
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const application = useQuery({
    queryKey: ['applications', id],
    queryFn: () => api.application(id),
    refetchInterval: (query) => lookAgainAfter(query.state.data?.state),
  });
  const state = application.data?.state;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['own'] });
  }, [queries, state]);
  return (
    <Page title={t('application.title')}>
      {application.isPending && <Loading />}
      {application.isError && <ProblemNote error={application.error} />}
      {application.data && <Progress application={application.data} />}
    </Page>
  );
}

function Progress({ application }: { application: Application }) {
  const { t } = useTranslation('learner');
  const programmeName = useProgrammeNames();
  const titles = new Map(application.outcomes.map(({ id, title }) => [id, title]));
  return (
    <div className="stack">
      <section className="card stack">
        <h2>{programmeName(application.programme)}</h2>
        <div role="status">
          <ApplicationTag state={application.state} />
          <p>{t(`application.now.${application.state}`)}</p>
        </div>
        <Steps state={application.state} />
        <HistoryNotes history={application.history} />
        <Withdrawal application={application} />
      </section>
      {application.decision && (
        <section aria-labelledby="decision" className="stack">
          <h2 id="decision">{t('application.decision')}</h2>
          <DecisionView
            decision={application.decision}
            titles={titles}
            isBooked={application.state === 'booked'}
          />
        </section>
      )}
      <p>
        <Link to="/account/applications">{t('application.all')}</Link>
      </p>
    </div>
  );
}

const WAY: readonly ApplicationState[] = ['submitted', 'evaluating', 'in-review', 'booked'];

/** The way of an application; one that ended elsewhere shows no way ahead. */
function Steps({ state }: { state: ApplicationState }) {
  const { t } = useTranslation('decision');
  const { t: tl } = useTranslation('learner');
  const at = WAY.indexOf(state);
  if (at < 0) return null;
  return (
    <ol className="steps" aria-label={tl('application.way')}>
      {WAY.map((step, index) => (
        <li key={step} aria-current={index === at ? 'step' : undefined}>
          <Icon
            name={index < at || state === 'booked' ? 'check' : index === at ? 'clock' : 'dash'}
          />
          {t(`state.${step}`)}
        </li>
      ))}
    </ol>
  );
}

const WITHDRAWABLE: readonly string[] = ['draft', 'submitted', 'evaluating', ...WITH_PEOPLE];

function Withdrawal({ application }: { application: Application }) {
  const { t } = useTranslation('learner');
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.withdraw(application.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['applications'] }),
  });
  if (!WITHDRAWABLE.includes(application.state)) return null;
  return (
    <div className="no-print stack">
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      <div>
        <ConfirmButton
          tone="grave"
          label={t('application.withdraw')}
          title={t('application.withdrawTitle')}
          question={<p>{t('application.withdrawQuestion')}</p>}
          confirmLabel={t('application.withdraw')}
          disabled={withdraw.isPending}
          onConfirm={() => withdraw.mutate()}
        />
      </div>
    </div>
  );
}
