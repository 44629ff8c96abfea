import { useTranslation } from 'react-i18next';
import { Field } from '../../parts/field';

const PATTERN = '[0-9]{6,12}';

/** A PIN of six to twelve digits that opening a share takes besides the code. */
export function PinField({ label, isRequired }: { label: string; isRequired?: boolean }) {
  const { t } = useTranslation('mine');
  return (
    <Field label={label} hint={t('sharing.pinHint')}>
      {(control) => (
        <input
          {...control}
          name="pin"
          inputMode="numeric"
          autoComplete="off"
          pattern={PATTERN}
          required={isRequired ?? false}
        />
      )}
    </Field>
  );
}
