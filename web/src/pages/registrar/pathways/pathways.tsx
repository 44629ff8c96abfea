import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Pathway, pathwaysApi } from '../../../api/pathways';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { PathwayIntakes } from '../../../parts/pathway-intakes';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { Cohort } from './cohort';
import { Gate } from './gate';

/** The pathways of the own institution: a cohort is judged at once, looked at and confirmed. */
export function PathwaysPage() {
  const { t } = useTranslation('pathways');
  const { institutionId } = useSignedIn();
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  const own = pathways.data?.items.filter(({ stages }) =>
    stages.some((stage) => stage.institutionId === institutionId),
  );
  return (
    <Page title={t('office.title')} lead={<p>{t('office.lead')}</p>}>
      <div className="stack">
        {pathways.isPending && <Loading />}
        {pathways.isError && <ProblemNote error={pathways.error} />}
        {own?.length === 0 && <Note tone="quiet" title={t('office.none')} />}
        {own?.map((one) => (
          <OnePathway key={one.id} pathway={one} />
        ))}
      </div>
    </Page>
  );
}

function OnePathway({ pathway }: { pathway: Pathway }) {
  const { t } = useTranslation(['pathway', 'pathways']);
  const { t: desk } = useTranslation('enrolment');
  const format = useFormat();
  // Only the school of the first stage enrols.
  const isFirst = pathway.stages[0]?.institutionId === useSignedIn().institutionId;
  const figures = useQuery({
    queryKey: ['pathways', pathway.id, 'figures'],
    queryFn: () => pathwaysApi.figures(pathway.id),
    ...live,
  });
  const intakes = figures.data?.intakes.filter(({ joined }) => joined > 0) ?? [];
  return (
    <section className="stack" aria-labelledby={pathway.id}>
      <div className="card stack">
        <div className="row apart">
          <h2 id={pathway.id}>{format.text(pathway.title)}</h2>
          <Link to={`/catalogue/pathways/${pathway.id}`}>{t('scheme')}</Link>
        </div>
        {isFirst && (
          <p>
            <Link to={`/registrar/pathways/${pathway.id}/enrol`} className="button main">
              {desk('title')}
            </Link>
          </p>
        )}
        {figures.isPending && <Loading />}
        {figures.isError && <ProblemNote error={figures.error} />}
        {figures.isSuccess && intakes.length === 0 && <p>{t('pathways:office.nobodyYet')}</p>}
        {intakes.length > 0 && <PathwayIntakes intakes={intakes} />}
      </div>
      {figures.isSuccess && <Gate pathway={pathway} intakes={intakes} />}
      {intakes.length > 0 && <Cohort pathway={pathway} years={intakes.map(({ year }) => year)} />}
    </section>
  );
}
