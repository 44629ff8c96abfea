import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type NewScheme, schemesApi } from '../../../api/schemes';
import { SCHEMES_KEY, useScheme, useSchemes } from '../../../parts/admission/scheme-list';
import { Field } from '../../../parts/field';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { PlanForm } from './plan-form';
import { PlanReview } from './plan-review';

const BASE = '/authority/schemes';

/** Publishes the plan of admission of a year: filled in, looked through, and published. */
export function NewPlan() {
  const { t } = useTranslation('plans');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [base, setBase] = useState('');
  const [wanted, setWanted] = useState<NewScheme | null>(null);
  const publish = useMutation({
    mutationFn: schemesApi.publish,
    onSuccess: async ({ code }) => {
      await queries.invalidateQueries({ queryKey: [SCHEMES_KEY] });
      await navigate(`${BASE}/${code}`);
    },
    // What was refused is mended in the form.
    onError: () => setWanted(null),
  });
  return (
    <Page
      title={t('title')}
      lead={
        <p>
          {t('lead')} <Link to={BASE}>{t('back')}</Link>
        </p>
      }
    >
      <div className="stack">
        {publish.isError && <ProblemNote error={publish.error} />}
        {/* Kept while it is looked through, so that nothing has to be typed again. */}
        <div hidden={wanted !== null}>
          <section className="card stack" aria-labelledby="plan">
            <h2 id="plan">{t('form.title')}</h2>
            <BaseField base={base} onBase={setBase} />
            {base === '' ? (
              <PlanForm base={null} onReady={setWanted} />
            ) : (
              <FormFrom code={base} onReady={setWanted} />
            )}
          </section>
        </div>
        {wanted && (
          <PlanReview
            wanted={wanted}
            isBusy={publish.isPending}
            onPublish={() => publish.mutate(wanted)}
            onBack={() => setWanted(null)}
          />
        )}
      </div>
    </Page>
  );
}

/** The plan from which a new one is copied: most of a plan stays from year to year. */
function BaseField({ base, onBase }: { base: string; onBase: (code: string) => void }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const schemes = useSchemes();
  if (schemes.isPending) return <Loading />;
  if (schemes.isError) return <ProblemNote error={schemes.error} />;
  return (
    <Field label={t('form.base')} hint={t('form.baseHint')}>
      {(control) => (
        <select {...control} value={base} onChange={(event) => onBase(event.currentTarget.value)}>
          <option value="">{t('form.empty')}</option>
          {schemes.data.map(({ code, title }) => (
            <option key={code} value={code}>
              {format.text(title)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function FormFrom({ code, onReady }: { code: string; onReady: (wanted: NewScheme) => void }) {
  const scheme = useScheme(code);
  if (scheme.isPending) return <Loading />;
  if (scheme.isError) return <ProblemNote error={scheme.error} />;
  return <PlanForm key={code} base={scheme.data} onReady={onReady} />;
}
