import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { authorityApi } from '../../../api/authority';
import type {
  InstitutionKind,
  NewInstitution,
  Placement,
  Tier,
} from '../../../api/authority-types';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { renew, useInstitutions } from '../queries';
import { IssuedInvitation } from './invitation';
import { INSTITUTION_KINDS, TIERS } from './words';

/** Opens an institution and shows the code of the invitation for its first manager. */
export function OpenInstitution() {
  const { t } = useTranslation('authority');
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: (body: NewInstitution) => authorityApi.open(body),
    onSuccess: () => renew(queries),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    open.mutate(newInstitutionOf(new FormData(event.currentTarget)));
  };
  return (
    <Page
      title={t('opening.title')}
      lead={
        <p>
          {t('opening.lead')} <Link to="/authority/institutions">{t('institution.back')}</Link>
        </p>
      }
    >
      <div className="stack">
        {open.data && <IssuedInvitation opened={open.data} />}
        <section className="card">
          {open.isError && <ProblemNote error={open.error} />}
          <form onSubmit={submit}>
            <IdentityFields />
            <PlaceFields />
            <button type="submit" className="button main" disabled={open.isPending}>
              {t('opening.submit')}
            </button>
          </form>
        </section>
      </div>
    </Page>
  );
}

function IdentityFields() {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  return (
    <>
      <Field label={t('opening.nameZh')}>
        {(control) => <input {...control} name="zh" required maxLength={100} />}
      </Field>
      <Field label={t('opening.nameEn')}>
        {(control) => <input {...control} name="en" required maxLength={200} />}
      </Field>
      <Field label={t('opening.kind')}>
        {(control) => (
          <select {...control} name="kind" required>
            {INSTITUTION_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {word(`kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('opening.region')}>
        {(control) => <input {...control} name="region" required maxLength={100} />}
      </Field>
      <CodeField />
    </>
  );
}

export function CodeField({ value }: { value?: string }) {
  const { t } = useTranslation('authority');
  return (
    <Field label={t('opening.code')} hint={t('opening.codeHint')}>
      {(control) => (
        <input
          {...control}
          name="code"
          required
          defaultValue={value}
          pattern="[A-Za-z0-9][A-Za-z0-9\-]{1,39}"
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

/** Where an institution stands: its tier and to which it belongs. */
export function PlaceFields(props: { tier?: Tier; parent?: string | null; self?: string }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const institutions = useInstitutions();
  const above = (institutions.data ?? []).filter(
    ({ id, tier }) => tier !== 'member-unit' && id !== props.self,
  );
  return (
    <>
      <Field label={t('opening.tier')}>
        {(control) => (
          <select {...control} name="tier" defaultValue={props.tier ?? ''}>
            <option value="">{t('opening.tierByKind')}</option>
            {TIERS.map((tier) => (
              <option key={tier} value={tier}>
                {word(`tier.${tier}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('opening.parent')}>
        {(control) => (
          <select
            {...control}
            // What it belongs to is known only when the list has come.
            key={above.length}
            name="parent"
            defaultValue={props.parent ?? ''}
          >
            <option value="">{t('opening.noParent')}</option>
            {above.map(({ id, name }) => (
              <option key={id} value={id}>
                {format.text(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** Tier and parent of {@link PlaceFields}; what was left open is as for the kind. */
export function placeOf(form: FormData): Pick<Placement, 'tier' | 'parent'> {
  const tier = trimmedOf(form, 'tier');
  const parent = trimmedOf(form, 'parent');
  return { ...(tier !== '' && { tier: tier as Tier }), ...(parent !== '' && { parent }) };
}

function newInstitutionOf(form: FormData): NewInstitution {
  return {
    code: trimmedOf(form, 'code'),
    kind: trimmedOf(form, 'kind') as InstitutionKind,
    name: { zh: trimmedOf(form, 'zh'), en: trimmedOf(form, 'en') },
    region: trimmedOf(form, 'region'),
    rights: placeOf(form),
  };
}
