import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { questionsApi } from '../../api/questions';
import type { LearnerQuerySummary } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { AskButton } from './ask';
import { QuestionAbout, QuestionTag } from './question-parts';
import { useOwn, useWhose } from './record';

/** What the learner asked schools, with the promised day and the answer. */
export function Questions() {
  const { t } = useTranslation('mine');
  const { t: tl } = useTranslation('learner');
  const questions = useOwn(['questions'], questionsApi.list);
  return (
    <Page title={t('questions.title')} lead={<p>{t('questions.lead')}</p>}>
      <div className="stack">
        <section className="card" aria-label={t('questions.title')}>
          {questions.isPending && <Loading />}
          {questions.isError && <ProblemNote error={questions.error} />}
          {questions.data?.length === 0 && <p>{t('questions.none')}</p>}
          {questions.data && questions.data.length > 0 && <Table rows={questions.data} />}
        </section>
        <div className="no-print">
          <AskButton about={null} label={tl('ask.missing')} />
        </div>
      </div>
    </Page>
  );
}

function Table({ rows }: { rows: readonly LearnerQuerySummary[] }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { base } = useWhose();
  const columns: Column<LearnerQuerySummary>[] = [
    {
      key: 'about',
      head: t('questions.about'),
      cell: (question) => (
        <Link to={`${base}/questions/${question.id}`}>
          <QuestionAbout about={question.about} />
        </Link>
      ),
    },
    { key: 'number', head: t('questions.number'), cell: ({ number }) => number },
    { key: 'school', head: t('questions.school'), cell: ({ school }) => format.text(school) },
    { key: 'asked', head: t('questions.asked'), cell: ({ askedAt }) => format.date(askedAt) },
    {
      key: 'state',
      head: t('questions.stateHead'),
      cell: (question) => <QuestionTag question={question} />,
    },
  ];
  return (
    <DataTable
      caption={t('questions.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
