import { useTranslation } from 'react-i18next';
import { Field } from '../../parts/field';
import { useInstitutionNames, useProgrammes } from '../../parts/records';
import { useFormat } from '../../parts/use-format';

/** Which programme should recognise it, by its title. */
export function ProgrammeField(props: { isOptional?: boolean; hint?: string }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const names = useInstitutionNames();
  const programmes = useProgrammes();
  return (
    <Field label={t('ask.programme')} {...(props.hint && { hint: props.hint })}>
      {(control) => (
        <select {...control} name="programme" required={!props.isOptional}>
          <option value="">{t(props.isOptional ? 'ask.perRow' : 'ask.choose')}</option>
          {programmes.data?.map(({ code, title, institutionId }) => {
            const school = names.get(institutionId);
            return (
              <option key={code} value={code}>
                {format.text(title)}
                {school && ` · ${format.text(school)}`}
              </option>
            );
          })}
        </select>
      )}
    </Field>
  );
}

/** For which day the rules are read. */
export function DayField() {
  const { t } = useTranslation('admissions');
  return (
    <Field label={t('ask.on')} hint={t('ask.onHint')}>
      {(control) => <input {...control} name="on" type="date" defaultValue={today()} required />}
    </Field>
  );
}

/** The day in China, `yyyy-mm-dd`: records carry its time. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}
