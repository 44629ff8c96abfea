import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../api/authority-types';
import { pathwaysApi } from '../../api/pathways';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { PathwayChanges } from '../../parts/pathway-changes';
import { PathwayDocument } from '../../parts/pathway-document';
import { PathwayTerms } from '../../parts/pathway-terms';

/** What the proposed document says, for whoever is to agree to it. */
export function PathwayPreview({ proposal }: { proposal: ProposalDetail }) {
  const { t } = useTranslation('publishing');
  const { id, about, digest } = proposal;
  const reading = useQuery({
    // Not renewed with the proposals: once it is published, it could not be published again.
    queryKey: ['pathway-proposal', id],
    queryFn: () => pathwaysApi.check(String(about['document'])),
  });
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  if (reading.isPending) return <Loading />;
  if (reading.isError) return <ProblemNote error={reading.error} />;
  const before = pathways.data?.items.find(({ code }) => code === reading.data.code);
  const isSame = reading.data.hash === digest;
  return (
    <>
      <section className="card stack" aria-labelledby="preview">
        <div>
          <h2 id="preview">{t('second.title')}</h2>
          <p>{t('second.lead')}</p>
        </div>
        <Note tone={isSame ? 'good' : 'bad'} title={t(isSame ? 'second.same' : 'second.changed')} />
        <PathwayTerms reading={reading.data} />
      </section>
      {before && <PathwayChanges before={before} after={reading.data} />}
      <PathwayDocument pathway={reading.data} />
    </>
  );
}
