import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { pathwaysApi } from '../../api/pathways';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { PathwayDocument } from '../../parts/pathway-document';
import { useFormat } from '../../parts/use-format';

const BASE = '/catalogue/pathways';

/** Programmes of several stages, for everybody. */
export function PublicPathways() {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  return (
    <Page title={t('open.title')} lead={<p>{t('open.lead')}</p>}>
      {pathways.isPending && <Loading />}
      {pathways.isError && <ProblemNote error={pathways.error} />}
      {pathways.isSuccess && (
        <section className="card">
          {pathways.data.items.length === 0 && <p>{t('open.none')}</p>}
          <ul className="lines">
            {pathways.data.items.map(({ id, title, kind, stages }) => (
              <li key={id}>
                <Link to={`${BASE}/${id}`}>{format.text(title)}</Link>
                <div className="small soft">
                  {t(`open.kind.${kind}`)} ·{' '}
                  {stages.map(({ institutionName }) => format.text(institutionName)).join(' → ')}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

/** One version of a pathway: stages, what the gates ask, what counts on, and its places. */
export function PublicPathway() {
  const { t } = useTranslation(['pathway', 'pathways']);
  const format = useFormat();
  const { id = '' } = useParams();
  const { data, error, isPending } = useQuery({
    queryKey: ['pathways', id, 'document'],
    queryFn: () => pathwaysApi.show(id),
  });
  const lead =
    data &&
    t('pathways:open.version', {
      kind: t(`pathways:open.kind.${data.kind}`),
      version: data.version,
    });
  return (
    <Page
      title={data ? format.text(data.title) : t('pathways:open.title')}
      lead={lead && <p>{lead}</p>}
    >
      <div className="stack">
        {isPending && <Loading />}
        {error !== null && <ProblemNote error={error} />}
        {data && <PathwayDocument pathway={data} />}
        <p>
          <Link to={BASE}>{t('pathways:open.all')}</Link>
        </p>
      </div>
    </Page>
  );
}
