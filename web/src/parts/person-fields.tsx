import { useTranslation } from 'react-i18next';
import type { IdentityKind, PresentPerson } from '../api/types';
import { Field } from './field';
import { textOf } from './form';

/** Every kind of document by which a person is known, the most frequent first. */
export const IDENTITY_KINDS = [
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'hmt-residence-permit',
  'foreign-permanent-resident',
  'foreign-student-number',
  'sh-credit-bank-id',
  'abc-account-id',
] as const satisfies readonly IdentityKind[];

const MAX_NAME = 200;
const MAX_NUMBER = 60;

/** Name and document of a person as they stand on the document. `prefix` tells two people apart. */
export function PersonFields(props: { prefix?: string; onKind?: (kind: IdentityKind) => void }) {
  const { prefix = '', onKind } = props;
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('person.name')} hint={t('person.nameHint')}>
        {(control) => (
          <input
            {...control}
            name={`${prefix}name`}
            maxLength={MAX_NAME}
            autoComplete="off"
            required
          />
        )}
      </Field>
      <Field label={t('person.kind')}>
        {(control) => (
          <select
            {...control}
            name={`${prefix}kind`}
            onChange={({ target }) => onKind?.(kindOf(target.value))}
          >
            {IDENTITY_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`person.kinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('person.number')}>
        {(control) => (
          <input
            {...control}
            name={`${prefix}number`}
            maxLength={MAX_NUMBER}
            autoComplete="off"
            autoCapitalize="characters"
            required
          />
        )}
      </Field>
    </>
  );
}

/** The person that somebody typed into {@link PersonFields}. */
export function personOf(form: FormData, prefix = ''): PresentPerson {
  return {
    name: textOf(form, `${prefix}name`).trim(),
    document: {
      kind: kindOf(textOf(form, `${prefix}kind`)),
      number: textOf(form, `${prefix}number`).trim(),
    },
  };
}

function kindOf(chosen: string): IdentityKind {
  return IDENTITY_KINDS.find((one) => one === chosen) ?? 'resident-id';
}
