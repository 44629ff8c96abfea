import { useTranslation } from 'react-i18next';

/** Fetches the next part of a long list. */
export function MoreButton(props: { more: boolean; busy: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  if (!props.more) return null;
  return (
    <p className="no-print">
      <button type="button" className="button" disabled={props.busy} onClick={props.onMore}>
        {props.busy ? t('loading') : t('more')}
      </button>
    </p>
  );
}
