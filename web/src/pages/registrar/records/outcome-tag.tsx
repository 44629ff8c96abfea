import { useTranslation } from 'react-i18next';
import type { OutcomeState } from '../../../api/types';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';

const LOOKS: Record<OutcomeState, { tone: Tone; icon: IconName }> = {
  available: { tone: 'good', icon: 'check' },
  held: { tone: 'wait', icon: 'lock' },
  used: { tone: 'brand', icon: 'swap' },
  expired: { tone: 'quiet', icon: 'clock' },
  revoked: { tone: 'bad', icon: 'cross' },
  registered: { tone: 'quiet', icon: 'file' },
};

export function OutcomeTag({ state }: { state: OutcomeState }) {
  const { t } = useTranslation();
  return <Tag {...LOOKS[state]}>{t(`outcomeState.${state}`)}</Tag>;
}
