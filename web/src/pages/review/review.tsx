import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { applicationsApi } from '../../api/applications';
import type { Application, ApplicationState } from '../../api/types';
import { ApplicationTag, WITH_PEOPLE } from '../../parts/application-state';
import { DecisionView } from '../../parts/decision-view';
import { HistoryNotes } from '../../parts/history-notes';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { OutcomeTable } from '../../parts/outcome-table';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { Findings } from './findings';
import { PanelNotes } from './panel';
import { Promised } from './promised';
import { useWaiting } from '../../parts/use-waiting';
import { VerdictForm } from './verdict-form';

const LOOK_AGAIN_MS = 1_000;

/** States in which there is a decision to print a letter of. */
const DECIDED: readonly ApplicationState[] = [
  'booked',
  'rejected',
  'returned',
  'refused',
  'revoked',
  'appealed',
];

/** One application as the receiving school sees it: the decision, its reasons, its own verdict. */
export function ReviewPage() {
  const { t } = useTranslation('review');
  const { id = '' } = useParams();
  const waiting = useWaiting();
  const application = useQuery({
    queryKey: ['applications', 'one', id, waiting?.changedAt],
    queryFn: () => applicationsApi.application(id),
    enabled: waiting !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // The queue takes seconds; people are waited for by what `useWaiting` tells.
    refetchInterval: ({ state: { data } }) => (isEvaluated(data) ? false : LOOK_AGAIN_MS),
  });
  return (
    <Page
      title={t('page.title')}
      lead={
        <p className="no-print">
          <Link to="/review">{t('page.all')}</Link>
        </p>
      }
    >
      {application.isPending && <Loading />}
      {application.isError && <ProblemNote error={application.error} />}
      {application.data && <Case application={application.data} />}
    </Page>
  );
}

function isEvaluated(application: Application | undefined): boolean {
  return application?.state !== 'submitted' && application?.state !== 'evaluating';
}

function Case({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const titles = new Map(application.outcomes.map(({ id, title }) => [id, title]));
  const rows = application.outcomes.map((outcome) => ({
    ...outcome,
    registrar: outcome.institution.name,
  }));
  return (
    <div className="stack">
      <Head application={application} />
      {application.decision && (
        <DecisionView
          decision={application.decision}
          titles={titles}
          isBooked={application.state === 'booked'}
        />
      )}
      {rows.length > 0 && (
        <section className="card">
          <h2>{t('page.outcomes')}</h2>
          <p>{t('page.proven')}</p>
          <OutcomeTable outcomes={rows} caption={t('page.outcomes')} hideCaption />
        </section>
      )}
      {WITH_PEOPLE.includes(application.state) && (
        <>
          <Findings application={application} titles={titles} />
          <VerdictForm application={application} />
        </>
      )}
    </div>
  );
}

/** Whose it is, where it stands and by when it is promised. */
function Head({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { state, dueOn, requestedBy, graduates } = application;
  const facts = [
    [
      'state',
      <span key="state" role="status">
        <ApplicationTag state={state} />
      </span>,
    ],
    ['created', format.moment(application.createdAt)],
    ['due', dueOn !== null && <Promised key="due" dueOn={dueOn} />],
    ['requestedBy', requestedBy && format.text(requestedBy.name)],
    ['graduates', graduates && format.date(graduates)],
  ] as const;
  return (
    <section className="card stack">
      <h2>
        {programmeName(application.programme)}
        {application.learnerName && ` · ${application.learnerName}`}
      </h2>
      <dl className="facts wide">
        {facts.map(
          ([fact, value]) =>
            value && (
              <div key={fact}>
                <dt>{t(`page.fact.${fact}`)}</dt>
                <dd className="plain">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <PanelNotes application={application} />
      <HistoryNotes history={application.history} />
      {DECIDED.includes(state) && (
        <p className="no-print">
          <a
            className="button"
            href={`/v1/applications/${application.id}/decision-letter.pdf`}
            download
          >
            <Icon name="file" />
            {t('page.letter')}
          </a>
        </p>
      )}
    </section>
  );
}
