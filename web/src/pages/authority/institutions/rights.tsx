import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authorityApi } from '../../../api/authority';
import type { Institution, OutcomeForm, Placement } from '../../../api/authority-types';
import { DialogButton } from '../../../parts/dialog-button';
import { Fact } from '../../../parts/fact';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { useProgrammeNames } from '../../../parts/records';
import { useFormat } from '../../../parts/use-format';
import { renew } from '../queries';
import { PlaceFields, placeOf } from './open';
import { OUTCOME_FORMS } from './words';

/** What an institution may award, register for others and decide on, and the way to change it. */
export function Rights({ institution }: { institution: Institution }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { awards, registers, recognises } = institution;
  const named = (forms: readonly OutcomeForm[]): string =>
    forms.length === 0
      ? t('institution.nothing')
      : format.list(forms.map((form) => word(`form.${form}`)));
  return (
    <section className="card stack" aria-labelledby="rights">
      <h2 id="rights">{t('institution.rights')}</h2>
      <dl className="facts wide">
        <Fact term={t('institution.awards')}>{named(awards)}</Fact>
        <Fact term={t('institution.registers')}>{named(registers)}</Fact>
        <Fact term={t('institution.recognises')}>
          {recognises === null
            ? t('institution.recognisesAll')
            : format.list(recognises.map(programmeName)) || t('institution.nothing')}
        </Fact>
      </dl>
      <div className="no-print">
        <DialogButton label={t('institution.change')} title={t('institution.change')}>
          {(close) => <RightsForm institution={institution} close={close} />}
        </DialogButton>
      </div>
    </section>
  );
}

function RightsForm({ institution, close }: { institution: Institution; close: () => void }) {
  const { t } = useTranslation('authority');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const place = useMutation({
    mutationFn: (body: Placement) => authorityApi.place(institution.id, body),
    onSuccess: async () => {
      await renew(queries);
      close();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    place.mutate(placementOf(new FormData(event.currentTarget)));
  };
  const { id, tier, parentId, laidDown, awards, registers } = institution;
  return (
    <form onSubmit={submit}>
      {place.isError && <ProblemNote error={place.error} />}
      <p>{t('institution.changeLead')}</p>
      <PlaceFields tier={tier} parent={parentId} self={id} />
      <Forms name="awards" forms={awards} isOwn={laidDown.includes('awards')} />
      <Forms name="registers" forms={registers} isOwn={laidDown.includes('registers')} />
      <Programmes codes={institution.recognises} />
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={place.isPending}>
          {t(place.isPending ? 'saving' : 'save')}
        </button>
        <button type="button" className="button" onClick={close}>
          {common('cancel')}
        </button>
      </div>
    </form>
  );
}

/** As for the kind, or what is ticked. */
function OwnOrByKind(props: { name: string; isOwn: boolean; onChange: (isOwn: boolean) => void }) {
  const { t } = useTranslation('authority');
  return [false, true].map((own) => (
    <label key={String(own)} className="choice">
      <input
        type="radio"
        name={`${props.name}-own`}
        value={own ? 'own' : 'kind'}
        checked={props.isOwn === own}
        onChange={() => props.onChange(own)}
      />
      <span>{t(own ? 'institution.own' : 'institution.byKind')}</span>
    </label>
  ));
}

function Forms(props: {
  name: 'awards' | 'registers';
  forms: readonly OutcomeForm[];
  isOwn: boolean;
}) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const [isOwn, setOwn] = useState(props.isOwn);
  return (
    <fieldset>
      <legend>{t(`institution.${props.name}`)}</legend>
      <OwnOrByKind name={props.name} isOwn={isOwn} onChange={setOwn} />
      {isOwn &&
        OUTCOME_FORMS.map((form) => (
          <label key={form} className="choice">
            <input
              type="checkbox"
              name={props.name}
              value={form}
              defaultChecked={props.forms.includes(form)}
            />
            <span>{word(`form.${form}`)}</span>
          </label>
        ))}
    </fieldset>
  );
}

function Programmes({ codes }: { codes: readonly string[] | null }) {
  const { t } = useTranslation('authority');
  const [isOwn, setOwn] = useState(codes !== null);
  return (
    <fieldset>
      <legend>{t('institution.recognises')}</legend>
      <OwnOrByKind name="recognises" isOwn={isOwn} onChange={setOwn} />
      {isOwn && (
        <Field label={t('institution.recognises')} hint={t('institution.recognisesHint')}>
          {(control) => (
            <textarea {...control} name="recognises" defaultValue={codes?.join('\n') ?? ''} />
          )}
        </Field>
      )}
    </fieldset>
  );
}

/** What is as for the kind is left out: the service then fills it in. */
function placementOf(form: FormData): Placement {
  const isOwn = (name: string): boolean => trimmedOf(form, `${name}-own`) === 'own';
  const forms = (name: string) => form.getAll(name) as OutcomeForm[];
  const programmes = trimmedOf(form, 'recognises').split(/\s+/).filter(Boolean);
  return {
    ...placeOf(form),
    ...(isOwn('awards') && { awards: forms('awards') }),
    ...(isOwn('registers') && { registers: forms('registers') }),
    ...(isOwn('recognises') && { recognises: programmes }),
  };
}
