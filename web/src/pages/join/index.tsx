import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page';
import { Ask } from './ask';
import { keepReceipt, keptReceipt } from './receipt';
import { RequestState } from './state';

/** An institution asks to join, keeps its receipt, and sees what became of its request. */
export function Join() {
  // Both at once, so that no page hides again while the texts of a part of it arrive.
  const { t } = useTranslation(['joining', 'institution']);
  const [receipt, setReceipt] = useState(keptReceipt);
  const remember = (one: string): void => {
    keepReceipt(one);
    setReceipt(one);
  };
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="columns">
        <Ask onReceipt={remember} />
        <RequestState receipt={receipt} onReceipt={remember} />
      </div>
    </Page>
  );
}
