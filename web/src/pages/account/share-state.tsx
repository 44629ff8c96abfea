import { useTranslation } from 'react-i18next';
import type { Share } from '../../api/types';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

const TAGS = {
  active: { tone: 'good', icon: 'check' },
  revoked: { tone: 'bad', icon: 'cross' },
  expired: { tone: 'quiet', icon: 'clock' },
} as const;

export function ShareTag({ state }: { state: Share['state'] }) {
  const { t } = useTranslation('mine');
  return <Tag {...TAGS[state]}>{t(`sharing.state.${state}`)}</Tag>;
}

/** How often a share was opened, and when last. */
export function ShareOpened({ share }: { share: Share }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { opened, lastOpenedAt } = share;
  if (lastOpenedAt === null) return t('sharing.neverOpened');
  return t('sharing.opened', { count: opened, at: format.moment(lastOpenedAt) });
}
