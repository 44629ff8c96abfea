import { useTranslation } from 'react-i18next';
import type { ImportState } from '../../../api/types';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';

const LOOKS: Record<ImportState, { tone: Tone; icon: IconName }> = {
  received: { tone: 'wait', icon: 'clock' },
  checking: { tone: 'wait', icon: 'clock' },
  checked: { tone: 'brand', icon: 'file' },
  committing: { tone: 'wait', icon: 'clock' },
  committed: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'warn' },
};

export function ImportTag({ state }: { state: ImportState }) {
  const { t } = useTranslation('registrar');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}
