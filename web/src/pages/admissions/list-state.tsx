import { useTranslation } from 'react-i18next';
import type { EquivalenceBatch } from '../../api/types';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';

const LOOKS: Record<EquivalenceBatch['state'], { tone: Tone; icon: IconName }> = {
  queued: { tone: 'wait', icon: 'clock' },
  running: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'cross' },
  destroyed: { tone: 'quiet', icon: 'dash' },
};

/** Where a list stands, in a word. */
export function ListTag({ state }: { state: EquivalenceBatch['state'] }) {
  const { t } = useTranslation('admissions');
  return <Tag {...LOOKS[state]}>{t(`list.state.${state}`)}</Tag>;
}

/** Whether the service still works on it. */
export function isUnderWay({ state }: EquivalenceBatch): boolean {
  return state === 'queued' || state === 'running';
}
