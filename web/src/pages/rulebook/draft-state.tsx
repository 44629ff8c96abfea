import { useTranslation } from 'react-i18next';
import type { DraftState } from '../../api/drafts';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';

const LOOKS: Record<DraftState, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'brand', icon: 'file' },
  submitted: { tone: 'wait', icon: 'clock' },
  approved: { tone: 'good', icon: 'check' },
  rejected: { tone: 'bad', icon: 'undo' },
  published: { tone: 'good', icon: 'lock' },
};

export function DraftTag({ state }: { state: DraftState }) {
  const { t } = useTranslation('rulebook');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

const STEPS = ['draft', 'submitted', 'approved', 'published'] as const;

/** The way of a draft; where it stands is also said to who cannot see it. */
export function DraftSteps({ state }: { state: DraftState }) {
  const { t } = useTranslation('rulebook');
  const at = state === 'rejected' ? 'draft' : state;
  return (
    <ol className="steps in-row" aria-label={t('step.label')}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {t('step.number', { number: index + 1 })} {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
