import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../api/report';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

export type Standing = 'yes' | 'no' | 'none' | 'unknown';

const LOOKS = {
  yes: { tone: 'good', icon: 'check' },
  no: { tone: 'wait', icon: 'clock' },
  none: { tone: 'quiet', icon: 'dash' },
  unknown: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<Standing, { tone: Tone; icon: IconName }>;

export function standingOf({ target, met }: Pick<Indicator, 'target' | 'met'>): Standing {
  if (target === null) return 'none';
  if (met === null) return 'unknown';
  return met ? 'yes' : 'no';
}

export function MetTag({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation('report');
  const standing = standingOf(indicator);
  return <Tag {...LOOKS[standing]}>{t(`met.${standing}`)}</Tag>;
}

/** Figures with their unit, or why there is none. */
export function useFigures() {
  const { t } = useTranslation('report');
  const format = useFormat();
  return {
    value: ({ unit, value, absence }: Indicator): string =>
      value === null
        ? absence === null
          ? t('met.unknown')
          : t(`absence.${absence}`)
        : t(`unit.${unit}`, { value: format.amount(value) }),
    of: (unit: Indicator['unit'], value: string): string =>
      t(`unit.${unit}`, { value: format.amount(value) }),
    target: ({ unit, target }: Indicator): string =>
      target === null
        ? t('noTarget')
        : t('atLeast', { value: t(`unit.${unit}`, { value: format.amount(target.atLeast) }) }),
  };
}
