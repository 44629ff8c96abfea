import { useTranslation } from 'react-i18next';
import type { LearnerQuerySummary } from '../../api/types';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

const TAGS: Record<LearnerQuerySummary['state'], { tone: Tone; icon: IconName }> = {
  asked: { tone: 'wait', icon: 'clock' },
  answered: { tone: 'good', icon: 'check' },
  closed: { tone: 'quiet', icon: 'dash' },
};

/** Where a question stands and, while the school has it, how its promise does. */
export function QuestionTag({ question }: { question: LearnerQuerySummary }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { state, dueOn, workingDaysLeft } = question;
  return (
    <>
      <Tag {...TAGS[state]}>{t(`questions.state.${state}`)}</Tag>
      {state === 'asked' && (
        <div className="small soft">
          {workingDaysLeft < 0
            ? t('questions.late', { date: format.date(dueOn) })
            : t('questions.due', { date: format.date(dueOn) })}
        </div>
      )}
    </>
  );
}

/** What a question is about: a credit by its title, or what is missing in the learner's words. */
export function QuestionAbout({ about }: { about: LearnerQuerySummary['about'] }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  return about.outcomeTitle
    ? format.text(about.outcomeTitle)
    : t('questions.missing', { course: about.course ?? '' });
}
