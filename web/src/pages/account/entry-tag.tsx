import { useTranslation } from 'react-i18next';
import type { Entry } from '../../api/types';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';

const KINDS: Record<Entry['kind'], { tone: Tone; icon: IconName }> = {
  deposit: { tone: 'good', icon: 'down' },
  hold: { tone: 'wait', icon: 'lock' },
  release: { tone: 'quiet', icon: 'undo' },
  use: { tone: 'brand', icon: 'swap' },
  expiry: { tone: 'quiet', icon: 'clock' },
  revocation: { tone: 'bad', icon: 'cross' },
  reversal: { tone: 'bad', icon: 'undo' },
  redeposit: { tone: 'good', icon: 'undo' },
};

/** What a line of the ledger did, in a word and a drawing. */
export function EntryTag({ kind }: { kind: Entry['kind'] }) {
  const { t } = useTranslation('learner');
  return <Tag {...KINDS[kind]}>{t(`entry.${kind}`)}</Tag>;
}
