import { useTranslation } from 'react-i18next';
import type { AgreementState } from '../../../api/authority-types';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';

const LOOKS = {
  proposed: { tone: 'wait', icon: 'clock' },
  refused: { tone: 'bad', icon: 'cross' },
  'not-begun': { tone: 'quiet', icon: 'clock' },
  'in-force': { tone: 'good', icon: 'check' },
  lapsed: { tone: 'quiet', icon: 'dash' },
  ended: { tone: 'quiet', icon: 'cross' },
} as const satisfies Record<AgreementState, { tone: Tone; icon: IconName }>;

export function AgreementTag({ state }: { state: AgreementState }) {
  const { t } = useTranslation('authority');
  return <Tag {...LOOKS[state]}>{t(`agreements.states.${state}`)}</Tag>;
}
