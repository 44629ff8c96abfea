import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conditionsApi } from '../../../api/reports';
import { ActForm } from '../../../parts/act-form';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { bankDay } from '../../../parts/format';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { Warnings } from '../../../parts/school-conditions';
import { SchoolFolds } from '../../../parts/school-folds';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew, useInstitutions } from '../queries';

/** Every school against its standard, with early warnings. */
export function ConditionsPage() {
  const { t } = useTranslation('conditions');
  const isAuthority = useSignedIn().roles.includes('authority');
  const schools = useQuery({
    queryKey: keyOf('conditions'),
    queryFn: conditionsApi.schools,
    ...live,
  });
  return (
    <Page title={t('all.title')} lead={<p>{t('all.lead')}</p>}>
      <div className="stack">
        {schools.isPending && <Loading />}
        {schools.isError && <ProblemNote error={schools.error} />}
        {schools.data && (
          <>
            <section className="card" aria-labelledby="warnings">
              <h2 id="warnings">{t('warnings.title')}</h2>
              <Warnings warnings={schools.data.warnings} />
            </section>
            <section className="card stack" aria-labelledby="schools">
              <h2 id="schools">{t('all.title')}</h2>
              {schools.data.items.length === 0 && <p>{t('all.none')}</p>}
              <SchoolFolds
                schools={schools.data.items}
                noStandard={t('all.noStandard')}
                metOf={(count) => t('all.met', count)}
              />
            </section>
          </>
        )}
        <Standards mayAssign={isAuthority} />
      </div>
    </Page>
  );
}

function Standards({ mayAssign }: { mayAssign: boolean }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const standards = useQuery({
    queryKey: keyOf('standards'),
    queryFn: conditionsApi.standards,
  });
  if (standards.isPending) return <Loading />;
  if (standards.isError) return <ProblemNote error={standards.error} />;
  const { items } = standards.data;
  return (
    <>
      {mayAssign && (
        <section className="card" aria-labelledby="assign">
          <h2 id="assign">{t('all.assign')}</h2>
          <p>{t('all.assignLead')}</p>
          <AssignForm
            standards={items.map(({ id, title }) => ({ id, title: format.text(title) }))}
          />
        </section>
      )}
      <section className="card" aria-labelledby="sources">
        <h2 id="sources">{t('all.sources')}</h2>
        <ul className="lines">
          {items.map(({ id, title, version, source }) => (
            <li key={id}>
              {format.text(title)} ({version})
              <div className="small soft">{format.text(source)}</div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function AssignForm(props: { standards: readonly { id: string; title: string }[] }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const queries = useQueryClient();
  const institutions = useInstitutions();
  const act = (form: FormData) => {
    const standard = trimmedOf(form, 'standard');
    return conditionsApi.setStandard({
      institution: trimmedOf(form, 'institution'),
      from: trimmedOf(form, 'from'),
      standard: props.standards.some(({ id }) => id === standard) ? standard : null,
    } as Parameters<typeof conditionsApi.setStandard>[0]);
  };
  return (
    <ActForm label={t('field.assign')} act={act} onDone={() => void renew(queries)}>
      <Field label={t('school')}>
        {(control) => (
          <select {...control} name="institution" required>
            {institutions.data
              ?.filter(({ kind }) => kind === 'school')
              .map(({ code, name }) => (
                <option key={code} value={code}>
                  {format.text(name)}
                </option>
              ))}
          </select>
        )}
      </Field>
      <Field label={t('all.standard')}>
        {(control) => (
          <select {...control} name="standard">
            {props.standards.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
            <option value="">{t('all.noneAnyMore')}</option>
          </select>
        )}
      </Field>
      <Field label={t('all.from')}>
        {(control) => (
          <input {...control} type="date" name="from" required defaultValue={bankDay(Date.now())} />
        )}
      </Field>
    </ActForm>
  );
}
