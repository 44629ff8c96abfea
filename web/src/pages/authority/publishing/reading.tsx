import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../api/authority-types';
import { type PathwayReading, pathwaysApi } from '../../../api/pathways';
import { ActForm } from '../../../parts/act-form';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { Note } from '../../../parts/note';
import { PathwayChanges } from '../../../parts/pathway-changes';
import { PathwayDocument } from '../../../parts/pathway-document';
import { PathwayTerms } from '../../../parts/pathway-terms';
import { Proposed } from '../../../parts/proposed';
import { useFormat } from '../../../parts/use-format';

const LONGEST_REASON = 300;

/** What a document would be once it is published, and the way to propose exactly that. */
export function Reading({ text, reading }: { text: string; reading: PathwayReading }) {
  const { t } = useTranslation('publishing');
  const format = useFormat();
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  const before = pathways.data?.items.find(({ code }) => code === reading.code);
  return (
    <>
      <section className="card stack" aria-labelledby="reading">
        <h2 id="reading">{format.text(reading.title)}</h2>
        <Note tone="good" urgent title={t('reading.fits')}>
          <p>{t('reading.nothingYet')}</p>
        </Note>
        <PathwayTerms reading={reading} />
      </section>
      {before && <PathwayChanges before={before} after={reading} />}
      <PathwayDocument pathway={reading} />
      <Propose text={text} />
    </>
  );
}

function Propose({ text }: { text: string }) {
  const { t } = useTranslation('publishing');
  const format = useFormat();
  const queries = useQueryClient();
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const keep = (made: Proposal): void => {
    setProposal(made);
    void queries.invalidateQueries({ queryKey: ['proposals'] });
  };
  return (
    <section className="card stack" aria-labelledby="propose">
      <h2 id="propose">{t('propose.title')}</h2>
      {proposal ? (
        <Proposed
          proposal={proposal}
          title={t('propose.done')}
          text={t('propose.until', { until: format.moment(proposal.expiresAt) })}
          link={t('propose.see')}
        />
      ) : (
        <>
          <p>{t('propose.lead')}</p>
          <ActForm
            label={t('propose.submit')}
            act={(form) => pathwaysApi.publish(text, trimmedOf(form, 'reason'))}
            onDone={keep}
          >
            <Field label={t('propose.reason')} hint={t('propose.reasonHint')}>
              {(control) => (
                <textarea {...control} name="reason" maxLength={LONGEST_REASON} required />
              )}
            </Field>
          </ActForm>
        </>
      )}
    </section>
  );
}
