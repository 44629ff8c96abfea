import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Pathway, pathwaysApi } from '../../api/pathways';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { PathwayIntakes, usePassRate } from '../../parts/pathway-intakes';
import { useFormat } from '../../parts/use-format';

/** The pathways of the district: who joined, where they stand, and how many pass the gates. */
export function AuthorityPathways() {
  const { t } = useTranslation('pathways');
  const { t: desk } = useTranslation('publishing');
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  return (
    <Page title={t('open.title')} lead={<p>{t('authority.lead')}</p>}>
      <div className="stack">
        <p>
          <Link to="/authority/pathways/new" className="button main">
            {desk('nav')}
          </Link>
        </p>
        {pathways.isPending && <Loading />}
        {pathways.isError && <ProblemNote error={pathways.error} />}
        {pathways.data?.items.length === 0 && <Note tone="quiet" title={t('open.none')} />}
        {pathways.data?.items.map((one) => (
          <OnePathway key={one.id} pathway={one} />
        ))}
      </div>
    </Page>
  );
}

function OnePathway({ pathway }: { pathway: Pathway }) {
  const { t } = useTranslation(['pathway', 'pathways']);
  const format = useFormat();
  const passRate = usePassRate();
  const figures = useQuery({
    queryKey: ['pathways', pathway.id, 'figures'],
    queryFn: () => pathwaysApi.figures(pathway.id),
    ...live,
  });
  const intakes = figures.data?.intakes.filter(({ joined }) => joined > 0) ?? [];
  const places = pathway.stages.map(({ institutionName }) => format.text(institutionName));
  return (
    <section className="card stack" aria-labelledby={pathway.id}>
      <div className="row apart">
        <div>
          <h2 id={pathway.id}>{format.text(pathway.title)}</h2>
          <div className="soft">{places.join(' → ')}</div>
        </div>
        <Link to={`/catalogue/pathways/${pathway.id}`}>{t('scheme')}</Link>
      </div>
      {figures.isPending && <Loading />}
      {figures.isError && <ProblemNote error={figures.error} />}
      {figures.data && (
        <>
          <p>{t('pathways:authority.pairing', { rate: passRate(figures.data.pairing) })}</p>
          {figures.data.toLookAgain > 0 && (
            <Note
              tone="bad"
              title={t('pathways:authority.again', { count: figures.data.toLookAgain })}
            />
          )}
          {intakes.length === 0 ? (
            <p>{t('pathways:office.nobodyYet')}</p>
          ) : (
            <PathwayIntakes intakes={intakes} />
          )}
        </>
      )}
    </section>
  );
}
