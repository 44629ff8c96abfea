import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type NewSchemeSimulation, type SchemeDetail, schemesApi } from '../../api/schemes';
import { SCHEMES_KEY, SchemeList } from '../../parts/admission/scheme-list';
import { SchemePage } from '../../parts/admission/scheme-page';
import { SimulationView } from '../../parts/admission/simulation-view';
import { ActForm } from '../../parts/act-form';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { bankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { PlacesOfPlan } from './plans/places-of-plan';

const BASE = '/authority/schemes';

/** Admission schemes of the district. */
export function AuthoritySchemes() {
  const { t } = useTranslation(['schemes', 'candidates']);
  const { t: plan } = useTranslation('plans');
  const isAuthority = useSignedIn().roles.includes('authority');
  return (
    <Page title={t('candidates:authority.title')} lead={<p>{t('candidates:authority.lead')}</p>}>
      <div className="stack">
        {isAuthority && (
          <p>
            <Link to={`${BASE}/new`} className="button main">
              {plan('title')}
            </Link>
          </p>
        )}
        <SchemeList base={BASE} none={t('none')} />
      </div>
    </Page>
  );
}

/** Places against people, and what other rules would do to a cohort. */
export function AuthorityScheme() {
  const { t } = useTranslation('candidates');
  const isAuthority = useSignedIn().roles.includes('authority');
  return (
    <SchemePage title={t('authority.title')} base={BASE} hasRules>
      {(scheme) => (
        <>
          <PlacesOfPlan code={scheme.code} isAuthority={isAuthority} />
          {isAuthority && <Simulate scheme={scheme} />}
          <Simulations code={scheme.code} />
        </>
      )}
    </SchemePage>
  );
}

function Simulate({ scheme }: { scheme: SchemeDetail }) {
  const { t } = useTranslation(['schemes', 'candidates']);
  const format = useFormat();
  const queries = useQueryClient();
  const year = bankDay(Date.now()).slice(0, 4);
  return (
    <section className="card" aria-labelledby="simulate">
      <h2 id="simulate">{t('candidates:authority.simulate')}</h2>
      <p>{t('candidates:authority.simulateLead')}</p>
      <ActForm
        label={t('candidates:authority.start')}
        act={(form) => schemesApi.simulate(scheme.code, wantedOf(form, scheme))}
        onDone={() => void queries.invalidateQueries({ queryKey: [SCHEMES_KEY, scheme.code] })}
      >
        <Field label={t('candidates:authority.graduatesOf')}>
          {(control) => (
            <input
              {...control}
              name="year"
              inputMode="numeric"
              pattern="(19|20|21)[0-9]{2}"
              required
              defaultValue={year}
            />
          )}
        </Field>
        {scheme.parameters.map(({ id, title }) => (
          <Field key={id} label={format.text(title)}>
            {(control) => (
              <select {...control} name={`reading ${id}`}>
                <option value="">{t('candidates:authority.asScheme')}</option>
                <option value="all">{t('readings.all')}</option>
                <option value="any">{t('readings.any')}</option>
              </select>
            )}
          </Field>
        ))}
        <Field label={t('candidates:authority.version')}>
          {(control) => (
            <input {...control} name="version" inputMode="numeric" pattern="[0-9]{1,5}" />
          )}
        </Field>
        <label className="choice">
          <input type="checkbox" name="public" value="yes" />
          {t('candidates:authority.isPublic')}
        </label>
      </ActForm>
    </section>
  );
}

function wantedOf(form: FormData, scheme: SchemeDetail): NewSchemeSimulation {
  const readings = Object.fromEntries(
    scheme.parameters.flatMap(({ id }) => {
      const value = textOf(form, `reading ${id}`);
      return value === 'all' || value === 'any' ? [[id, value] as const] : [];
    }),
  );
  const version = textOf(form, 'version');
  return {
    graduatesOf: Number(textOf(form, 'year')),
    isPublic: textOf(form, 'public') === 'yes',
    ...(Object.keys(readings).length > 0 && { readings }),
    ...(version !== '' && { version: Number(version) }),
  };
}

function Simulations({ code }: { code: string }) {
  const { t } = useTranslation('candidates');
  const simulations = useQuery({
    queryKey: [SCHEMES_KEY, code, 'simulations'],
    queryFn: () => schemesApi.simulations(code),
    ...live,
  });
  return (
    <section className="stack" aria-labelledby="simulations">
      <h2 id="simulations">{t('authority.simulations')}</h2>
      {simulations.isPending && <Loading />}
      {simulations.isError && <ProblemNote error={simulations.error} />}
      {simulations.data?.length === 0 && <p>{t('authority.noSimulations')}</p>}
      {simulations.data?.map((simulation) => (
        <SimulationView key={simulation.id} simulation={simulation} />
      ))}
    </section>
  );
}
