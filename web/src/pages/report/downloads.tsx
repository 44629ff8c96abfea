import { useTranslation } from 'react-i18next';
import { reportsApi } from '../../api/reports';
import { DownloadButton } from '../../parts/download-button';
import { useFormat } from '../../parts/use-format';

/** The report to take away: on paper, as a workbook, and as the signed file. */
export function Downloads({ id }: { id: string }) {
  const { t } = useTranslation('report');
  const language = useFormat().language === 'zh' ? 'zh-CN' : 'en';
  return (
    <div className="row no-print">
      <DownloadButton
        isMain
        label={t('download.pdf')}
        fileName={`report-${language}.pdf`}
        load={() => reportsApi.pdf(id, language)}
      />
      <DownloadButton
        label={t('download.xlsx')}
        fileName={`report-${language}.xlsx`}
        load={() => reportsApi.xlsx(id, language)}
      />
      <DownloadButton
        label={t('download.json')}
        fileName="report.json"
        load={() => reportsApi.file(id)}
      />
    </div>
  );
}
