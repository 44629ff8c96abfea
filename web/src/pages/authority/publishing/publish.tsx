import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pathwaysApi } from '../../../api/pathways';
import { ProblemNote } from '../../../parts/note';
import { Page } from '../../../parts/page';
import { Tabs } from '../../../parts/tabs';
import { DocumentForm } from './document-form';
import type { DocumentWay } from './document-way';
import { PlacesForm } from './places-form';
import { Reading } from './reading';

const WAYS = ['places', 'document'] as const;
type Way = (typeof WAYS)[number];

/** Publishes a pathway: the document, what it says in words, and then the second person. */
export function PublishPathway() {
  const { t } = useTranslation('publishing');
  const [way, setWay] = useState<Way>('places');
  const check = useMutation({
    mutationFn: async (text: string) => ({ text, reading: await pathwaysApi.check(text) }),
  });
  const choose = (next: Way): void => {
    setWay(next);
    check.reset();
  };
  const form: DocumentWay = { onRead: check.mutate, onEdit: check.reset, isBusy: check.isPending };
  return (
    <Page
      title={t('title')}
      lead={
        <p>
          {t('lead')} <Link to="/authority/pathways">{t('back')}</Link>
        </p>
      }
    >
      <div className="stack">
        <section className="card stack" aria-labelledby="document">
          <h2 id="document">{t('choose.title')}</h2>
          <Tabs
            label={t('choose.title')}
            tabs={WAYS.map((one) => ({ key: one, label: t(`choose.${one}`) }))}
            chosen={way}
            onChoose={choose}
          />
          {way === 'places' ? <PlacesForm {...form} /> : <DocumentForm {...form} />}
          {check.isError && <ProblemNote error={check.error} />}
        </section>
        {check.data && <Reading key={check.data.reading.hash} {...check.data} />}
      </div>
    </Page>
  );
}
