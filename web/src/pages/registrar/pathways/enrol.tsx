import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Pathway, pathwaysApi } from '../../../api/pathways';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { EnrolMany } from './enrol-many';
import { EnrolOne } from './enrol-one';

/** Puts learners on the list of an intake: one at a time, or a whole class. */
export function EnrolPage() {
  const { t } = useTranslation('enrolment');
  const { id = '' } = useParams();
  // The list holds the newest version only, and joins nobody into another.
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list, ...live });
  const pathway = pathways.data?.items.find((one) => one.id === id);
  return (
    <Page
      title={t('title')}
      lead={
        <p>
          {t('lead')} <Link to="/registrar/pathways">{t('back')}</Link>
        </p>
      }
    >
      <div className="stack">
        {pathways.isPending && <Loading />}
        {pathways.isError && <ProblemNote error={pathways.error} />}
        {pathways.data && !pathway && (
          <Note tone="quiet" title={t('gone')}>
            <p>{t('goneText')}</p>
          </Note>
        )}
        {pathway && (
          <>
            <WhoMayJoin pathway={pathway} />
            <EnrolOne pathway={pathway} />
            <EnrolMany pathway={pathway} />
          </>
        )}
      </div>
    </Page>
  );
}

function WhoMayJoin({ pathway }: { pathway: Pathway }) {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  const { title, stages, intakes, id } = pathway;
  const [first] = stages;
  return (
    <section className="card stack" aria-labelledby="pathway">
      <div className="row apart">
        <h2 id="pathway">{format.text(title)}</h2>
        <Link to={`/catalogue/pathways/${id}`}>{t('scheme')}</Link>
      </div>
      {first && <p>{t('who', { stage: format.text(first.title) })}</p>}
      <dl className="facts">
        {intakes.map(({ year, places, left }) => (
          <div key={year}>
            <dt>{t('intake', { year })}</dt>
            <dd>{t('left', { left: format.count(left), places: format.count(places) })}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
