import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Representation } from '../../api/types';
import { Icon } from '../../parts/icon';
import { useFormat } from '../../parts/use-format';

/** Says on every page in whose name one acts, for how long, and how to stop. */
export function ActingBanner(props: {
  right: Representation;
  name: string | null;
  /** How to stop. */
  leave: ReactNode;
}) {
  const { t } = useTranslation('acting');
  const format = useFormat();
  const { right, name } = props;
  return (
    <aside className="acting" aria-label={t('banner')}>
      <p>
        <Icon name="person" /> <strong>{t('now', { name: name ?? t('unnamed') })}</strong>
      </p>
      <p className="small">
        {right.acts.map((act) => t(`acts.${act}`)).join(t('and'))} ·{' '}
        {t('until', { at: format.moment(right.endsAt) })} · {t('logged')}
      </p>
      <div className="row no-print">{props.leave}</div>
    </aside>
  );
}
