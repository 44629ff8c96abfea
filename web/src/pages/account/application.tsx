import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { conversionApi } from '../../api/conversion';
import type { Application, ApplicationState } from '../../api/types';
import { ApplicationTag } from '../../parts/application-state';
import { DecisionView } from '../../parts/decision-view';
import { HistoryNotes } from '../../parts/history-notes';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { ApplicationActs } from './application-acts';
import { useOwn, useRecordKey, useWhose } from './record';

/** One application on its way: it moves by itself while the page is open. */
export function ApplicationPage() {
  // With the texts of its parts, so that the page does not hide again while they arrive.
  const { t } = useTranslation(['learner', 'decision']);
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const key = useRecordKey();
  const application = useOwn(['applications', id], (client) => conversionApi.show(client, id));
  const state = application.data?.state;
  useEffect(() => {
    for (const part of ['balance', 'outcomes', 'application-list']) {
      void queries.invalidateQueries({ queryKey: [...key, part] });
    }
  }, [queries, key, state]);
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
  const { base } = useWhose();
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
        <Promises application={application} />
        <Steps state={application.state} />
        <HistoryNotes history={application.history} />
        <ApplicationActs application={application} />
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
      <p className="no-print">
        <Link to={`${base}/applications`}>{t('application.all')}</Link>
      </p>
    </div>
  );
}

/** What was promised: until when somebody acts, and until when the learner can. */
function Promises({ application }: { application: Application }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { dueOn, isOverdue, appealUntil, institution, progress } = application;
  if (progress.step === 'done' && !dueOn && !appealUntil) return null;
  return (
    <div>
      {progress.step !== 'done' && <p lang={format.textLang}>{format.sentence(progress.next)}</p>}
      {dueOn && (isOverdue || progress.step === 'done') && (
        <p>
          {t(isOverdue ? 'application.overdue' : 'application.due', {
            name: format.text(institution.name),
            date: format.date(dueOn),
          })}
        </p>
      )}
      {appealUntil && <p>{t('application.appealUntil', { date: format.date(appealUntil) })}</p>}
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
