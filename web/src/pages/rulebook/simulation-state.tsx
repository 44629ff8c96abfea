import { useTranslation } from 'react-i18next';
import type { Simulation } from '../../api/drafts';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';

const LOOKS: Record<Simulation['state'], { tone: Tone; icon: IconName }> = {
  queued: { tone: 'wait', icon: 'clock' },
  running: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'dash' },
};

export function SimulationTag({ state }: { state: Simulation['state'] }) {
  const { t } = useTranslation('rulebook');
  return <Tag {...LOOKS[state]}>{t(`simulationState.${state}`)}</Tag>;
}
