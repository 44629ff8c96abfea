import { useTranslation } from 'react-i18next';
import type { EquivalenceAnswer, EquivalenceClause, EquivalenceQuestion } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import type { IconName } from '../../parts/icon';
import { Note } from '../../parts/note';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useRuleTitle } from '../../parts/use-rule-title';
import { AnswerTools, CheckedBy } from '../../parts/verification/answer-tools';
import { Verdict } from '../../parts/verification/verdict';
import { AskSchoolButton } from './ask-school';

const TONES: Record<EquivalenceAnswer['status'], Tone> = {
  matched: 'good',
  'not-matched': 'bad',
  'not-checked': 'quiet',
};

/** What the rules say of one person: in a sentence, clause by clause, and what would change it. */
export function PersonAnswer(props: {
  answer: EquivalenceAnswer;
  asked: EquivalenceQuestion;
  isBusy: boolean;
  onAgain: () => void;
}) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const { answer } = props;
  return (
    <>
      <section className="card stack" aria-label={t('answer.title')}>
        <Verdict
          tone={TONES[answer.status]}
          title={t(`answer.${answer.status}`, {
            credits: format.amount(answer.credits?.grantable ?? '0'),
          })}
          takesFocus
        >
          <p>{t(`answer.advice.${answer.status}`)}</p>
          {answer.checkedAt && (
            <p className="small">
              {t('answer.checkedAt', { at: format.moment(answer.checkedAt) })}
            </p>
          )}
        </Verdict>
        {answer.status === 'not-checked' ? <WhatToDo /> : <AnswerFacts answer={answer} />}
        {answer.missing && (
          <Note tone="wait" title={t('answer.missing')}>
            <p>{format.text(answer.missing.text)}</p>
          </Note>
        )}
        <p className="small soft">{t('answer.whose')}</p>
        {answer.checkedAt && <CheckedBy at={answer.checkedAt} code={props.asked.shareCode} />}
        <AnswerTools {...props}>
          {answer.status === 'not-matched' && <AskSchoolButton answer={answer} />}
        </AnswerTools>
      </section>
      {answer.clauses.length > 0 && <Clauses clauses={answer.clauses} />}
    </>
  );
}

/** Nobody there, no consent and ended look alike; what helps is the same for all of them. */
function WhatToDo() {
  const { t } = useTranslation('admissions');
  return (
    <div>
      <h2>{t('answer.todo.title')}</h2>
      <ol>
        <li>{t('answer.todo.check')}</li>
        <li>{t('answer.todo.code')}</li>
        <li>{t('answer.todo.consent')}</li>
      </ol>
    </div>
  );
}

function AnswerFacts({ answer }: { answer: EquivalenceAnswer }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const ruleTitle = useRuleTitle();
  const { programmeTitle, credits, award, rulebook } = answer;
  const facts = [
    ['programme', programmeTitle && format.text(programmeTitle)],
    ['on', format.date(answer.on)],
    ['grantable', credits && format.amount(credits.grantable)],
    ['booked', credits && format.amount(credits.booked)],
    ['award', award && t(`answer.awards.${award}`)],
    [
      'rule',
      rulebook && t('answer.version', { id: ruleTitle(rulebook.id), version: rulebook.version }),
    ],
    [
      'hash',
      answer.decisionHash && <span className="code">{answer.decisionHash.slice(0, 16)}…</span>,
    ],
  ] as const;
  return (
    <dl className="facts wide">
      {facts.map(
        ([fact, value]) =>
          value && (
            <div key={fact}>
              <dt>{t(`answer.fact.${fact}`)}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const LOOKS: Record<EquivalenceClause['verdict'], { tone: Tone; icon: IconName }> = {
  granted: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'cross' },
  pending: { tone: 'wait', icon: 'clock' },
};

/** Every rule that had something to say, and why. */
function Clauses({ clauses }: { clauses: readonly EquivalenceClause[] }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const columns: Column<{ clause: EquivalenceClause; at: number }>[] = [
    {
      key: 'rule',
      head: t('clause.rule'),
      cell: ({ clause }) => (
        <>
          {format.text(clause.title)}
          {clause.basis && <div className="small soft">{clause.basis}</div>}
        </>
      ),
    },
    {
      key: 'verdict',
      head: t('clause.verdict'),
      cell: ({ clause: { verdict } }) => (
        <Tag {...LOOKS[verdict]}>{t(`clause.verdicts.${verdict}`)}</Tag>
      ),
    },
    {
      key: 'credits',
      head: t('clause.credits'),
      number: true,
      cell: ({ clause: { credits } }) => (credits === null ? '—' : format.amount(credits)),
    },
    { key: 'why', head: t('clause.why'), cell: ({ clause }) => format.text(clause.text) },
  ];
  return (
    <section className="card">
      <h2>{t('clause.title')}</h2>
      <DataTable
        caption={t('clause.title')}
        hideCaption
        columns={columns}
        rows={clauses.map((clause, at) => ({ clause, at }))}
        rowKey={({ at }) => String(at)}
      />
    </section>
  );
}
