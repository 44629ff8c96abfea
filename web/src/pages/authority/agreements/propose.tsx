import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { authorityApi } from '../../../api/authority';
import type { NewAgreement } from '../../../api/authority-types';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { bankDay } from '../../../parts/format';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { renew, useInstitutions } from '../queries';

const CREDITS = '(0|[1-9][0-9]{0,8})([.][0-9]{1,3})?';
const FEWEST_PARTIES = 2;

/** Proposes an agreement; the own institution is its first party. */
export function ProposeAgreement() {
  const { t } = useTranslation('authority');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const institutions = useInstitutions();
  const propose = useMutation({
    mutationFn: (body: NewAgreement) => authorityApi.proposeAgreement(body),
    onSuccess: async ({ code }) => {
      await renew(queries);
      await navigate(`/authority/agreements/${code}`);
    },
  });
  const [parties, setParties] = useState([0, 1]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    propose.mutate(agreementOf(new FormData(event.currentTarget), parties));
  };
  return (
    <Page
      title={t('proposing.title')}
      lead={
        <p>
          {t('proposing.lead')} <Link to="/authority/agreements">{t('agreement.back')}</Link>
        </p>
      }
    >
      <section className="card">
        {institutions.isPending && <Loading />}
        {propose.isError && <ProblemNote error={propose.error} />}
        {institutions.data && (
          <form onSubmit={submit}>
            <Terms />
            {parties.map((key, index) => (
              <PartyFields
                key={key}
                name={String(key)}
                number={index + 1}
                isOwn={index === 0}
                onRemove={
                  parties.length > FEWEST_PARTIES && index > 0
                    ? () => setParties(parties.filter((one) => one !== key))
                    : null
                }
              />
            ))}
            <div className="row dialog-actions">
              <button type="submit" className="button main" disabled={propose.isPending}>
                {t('proposing.submit')}
              </button>
              <button
                type="button"
                className="button"
                onClick={() => setParties([...parties, Math.max(...parties) + 1])}
              >
                {t('proposing.add')}
              </button>
            </div>
          </form>
        )}
      </section>
    </Page>
  );
}

function Terms() {
  const { t } = useTranslation('authority');
  const today = bankDay(Date.now());
  return (
    <>
      <Field label={t('proposing.titleZh')}>
        {(control) => <input {...control} name="zh" required maxLength={200} />}
      </Field>
      <Field label={t('proposing.titleEn')}>
        {(control) => <input {...control} name="en" required maxLength={200} />}
      </Field>
      <Field label={t('proposing.basis')} hint={t('proposing.basisHint')}>
        {(control) => <input {...control} name="basis" required maxLength={500} />}
      </Field>
      <Field label={t('proposing.code')} hint={t('proposing.codeHint')}>
        {(control) => (
          <input
            {...control}
            name="code"
            required
            pattern="[a-z0-9][a-z0-9.\-]{0,79}"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label={t('proposing.from')}>
        {(control) => <input {...control} type="date" name="from" required defaultValue={today} />}
      </Field>
      <Field label={t('proposing.to')}>
        {(control) => <input {...control} type="date" name="to" required min={today} />}
      </Field>
    </>
  );
}

function PartyFields(props: {
  name: string;
  number: number;
  isOwn: boolean;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('authority');
  const { institutionId } = useSignedIn();
  const format = useFormat();
  const institutions = useInstitutions();
  const { name, isOwn } = props;
  const own = institutions.data?.find(({ id }) => id === institutionId)?.code ?? '';
  return (
    <fieldset>
      <legend>{t('proposing.party', { number: props.number })}</legend>
      <Field label={t('agreement.party')}>
        {(control) => (
          <select
            {...control}
            name={`${name}-institution`}
            required
            defaultValue={isOwn ? own : ''}
          >
            <option value="">{t('proposing.choose')}</option>
            {institutions.data?.map(({ code, name: text }) => (
              <option key={code} value={code}>
                {format.text(text)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('proposing.accepts')}>
        {(control) => (
          <input
            {...control}
            name={`${name}-accepts`}
            required
            inputMode="decimal"
            pattern={CREDITS}
          />
        )}
      </Field>
      <Field label={t('proposing.quota')} hint={t('proposing.quotaHint')}>
        {(control) => (
          <input {...control} name={`${name}-quota`} inputMode="decimal" pattern={CREDITS} />
        )}
      </Field>
      <Field label={t('proposing.per')}>
        {(control) => (
          <select {...control} name={`${name}-per`}>
            <option value="year">{t('proposing.year')}</option>
            <option value="whole">{t('proposing.whole')}</option>
          </select>
        )}
      </Field>
      <label className="choice">
        <input type="checkbox" name={`${name}-members`} />
        <span>{t('proposing.withMembers')}</span>
      </label>
      {props.onRemove && (
        <p>
          <button type="button" className="button" onClick={props.onRemove}>
            {t('proposing.remove')}
          </button>
        </p>
      )}
    </fieldset>
  );
}

function agreementOf(form: FormData, parties: readonly number[]): NewAgreement {
  return {
    code: trimmedOf(form, 'code'),
    title: { zh: trimmedOf(form, 'zh'), en: trimmedOf(form, 'en') },
    basis: trimmedOf(form, 'basis'),
    from: trimmedOf(form, 'from'),
    to: trimmedOf(form, 'to'),
    parties: parties.map((key) => {
      const quota = trimmedOf(form, `${key}-quota`);
      return {
        institution: trimmedOf(form, `${key}-institution`),
        withMembers: form.has(`${key}-members`),
        accepts: trimmedOf(form, `${key}-accepts`),
        ...(quota !== '' && {
          quota,
          quotaPer: trimmedOf(form, `${key}-per`) as 'year' | 'whole',
        }),
      };
    }),
  };
}
