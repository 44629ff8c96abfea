import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import { DownloadButton } from '../../parts/download-button';
import { useFormat } from '../../parts/use-format';

/** A file that proves one credit anywhere, without this service. */
export function CredentialSection({ outcomeId, code }: { outcomeId: string; code: string }) {
  const { t } = useTranslation('learner');
  const { language } = useFormat();
  const load = async (): Promise<Blob> => {
    const { document } = await ownDataApi.credential(outcomeId, language === 'zh' ? 'zh' : 'en');
    return new Blob([JSON.stringify(document, null, 2)], { type: 'application/vc' });
  };
  return (
    <section className="card stack" aria-labelledby="credential">
      <h2 id="credential">{t('credit.credential')}</h2>
      <p>{t('credit.credentialText')}</p>
      <p className="no-print">
        <DownloadButton label={t('credit.badge')} fileName={`${code}.openbadge.json`} load={load} />
      </p>
    </section>
  );
}
