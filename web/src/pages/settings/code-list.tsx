import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../parts/copy-button';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';

/** Recovery codes, shown this once, to be copied or printed. */
export function CodeList({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('settings');
  return (
    <Note tone="good" title={t('recovery.made')} urgent>
      <p>{t('recovery.text')}</p>
      <ul className="code">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="row no-print">
        <CopyButton text={codes.join('\n')} label={t('recovery.copy')} />
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" />
          {t('recovery.print')}
        </button>
      </p>
    </Note>
  );
}
