import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import { DownloadButton } from '../../parts/download-button';
import { Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { Consents } from './consents';
import { ErasureSection } from './erasure';
import { Guardians } from './guardians';
import { PupilRecords } from './pupil-records';
import { useWhose } from './record';

/** Take the data away, say who may see it, and have it destroyed. */
export function MyData() {
  const { t } = useTranslation('mine');
  const { actingFor } = useWhose();
  return (
    <Page title={t('data.title')} lead={<p>{t('data.lead')}</p>}>
      <div className="stack">
        {actingFor === null && <TakeAway />}
        <Consents />
        <PupilRecords />
        <Guardians />
        {actingFor === null && <ErasureSection />}
      </div>
    </Page>
  );
}

function TakeAway() {
  const { t } = useTranslation('mine');
  const { language } = useFormat();
  const credential = async (): Promise<Blob> => {
    const { document } = await ownDataApi.credential(null, language === 'zh' ? 'zh' : 'en');
    return new Blob([JSON.stringify(document, null, 2)], { type: 'application/vc' });
  };
  const files = [
    { name: 'everything', file: 'credit-bank-export.json', load: ownDataApi.everything },
    { name: 'workbook', file: 'learning-record.xlsx', load: ownDataApi.workbook },
    { name: 'credential', file: 'learning-record.vc.json', load: credential },
    { name: 'exchange', file: 'learning-record.json', load: ownDataApi.exchange },
    { name: 'elmo', file: 'learning-record.elmo.xml', load: ownDataApi.elmo },
    { name: 'balanceProof', file: 'balance-proof.json', load: ownDataApi.balanceProof },
  ] as const;
  return (
    <section className="card" aria-labelledby="take-away">
      <h2 id="take-away">{t('data.takeAway')}</h2>
      <ul className="lines">
        {files.map(({ name, file, load }) => (
          <li key={name} className="row apart">
            <div>
              <strong>{t(`data.files.${name}`)}</strong>
              <div className="small soft">{t(`data.about.${name}`)}</div>
            </div>
            <DownloadButton label={t('data.download')} fileName={file} load={load} />
          </li>
        ))}
      </ul>
    </section>
  );
}
