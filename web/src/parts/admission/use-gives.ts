import { useTranslation } from 'react-i18next';
import { useFormat } from '../use-format';

const KNOWN = [
  'skill-test',
  'culture-test',
  'sit-both-tests',
  'may-be-placed',
  'apply-secondary',
  'apply-through-pathway',
] as const;

/** What a rule gives, in words; a score, and what is newer than these pages, as it stands. */
export function useGives(): (values: readonly string[]) => string {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  return (values) =>
    format.list(
      values.map((value) => {
        const known = KNOWN.find((one) => one === value);
        return known ? t(`values.${known}`) : value;
      }),
    );
}
