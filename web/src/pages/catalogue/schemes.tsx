import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { schemesApi } from '../../api/schemes';
import { SchemeFacts } from '../../parts/admission/scheme-facts';
import { SCHEMES_KEY, SchemeList } from '../../parts/admission/scheme-list';
import { SchemePage } from '../../parts/admission/scheme-page';
import { SimulationView } from '../../parts/admission/simulation-view';
import { live } from '../../parts/live';
import { Page } from '../../parts/page';

const BASE = '/catalogue/admission';

/** Ways to be admitted, for everybody. */
export function PublicSchemes() {
  const { t } = useTranslation('schemes');
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <SchemeList base={BASE} none={t('none')} />
    </Page>
  );
}

export function PublicScheme() {
  const { t } = useTranslation('schemes');
  return (
    <SchemePage title={t('title')} base={BASE}>
      {(scheme) => (
        <>
          <SchemeFacts scheme={scheme} />
          <PublicSimulations code={scheme.code} />
          <p>
            <Link to={`/account/admission/${scheme.code}`}>{t('mine.look')}</Link>
          </p>
        </>
      )}
    </SchemePage>
  );
}

function PublicSimulations({ code }: { code: string }) {
  const simulations = useQuery({
    queryKey: [SCHEMES_KEY, code, 'public-simulations'],
    queryFn: () => schemesApi.simulations(code),
    ...live,
  });
  const shown = (simulations.data ?? []).filter(
    ({ isPublic, state }) => isPublic && state === 'done',
  );
  return shown
    .slice(0, 1)
    .map((simulation) => <SimulationView key={simulation.id} simulation={simulation} />);
}
