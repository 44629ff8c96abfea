import { useTranslation } from 'react-i18next';
import type { OrderPreview, RevocationOrder } from '../../../api/revocations';
import { Fact } from '../../../parts/fact';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';

const LOOKS = {
  queued: { tone: 'wait', icon: 'clock' },
  running: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<RevocationOrder['state'], { tone: Tone; icon: IconName }>;

export function OrderTag({ state }: { state: RevocationOrder['state'] }) {
  const { t } = useTranslation('revocations');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

/** Which days of completion an order is about, in words. */
export function useDays(): (span: { from?: string | null; to?: string | null }) => string {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  return ({ from, to }) => {
    if (from && to) {
      return t('effects.between', { from: format.date(from), to: format.date(to) });
    }
    if (from) return t('effects.since', { from: format.date(from) });
    return to ? t('effects.until', { to: format.date(to) }) : t('effects.always');
  };
}

const COUNTS = ['learners', 'items', 'conversions', 'awards', 'rights', 'reconsidered'] as const;

/** What is or would be taken back, in figures. */
export function Reach({ counts }: { counts: RevocationOrder['counts'] | OrderPreview }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  return (
    <dl className="facts wide">
      {COUNTS.map((name) => (
        <Fact key={name} figure term={t(`effects.${name}`)}>
          {format.count(counts[name])}
        </Fact>
      ))}
      <Fact figure term={t('effects.credits')}>
        {format.amount(counts.credits)}
      </Fact>
    </dl>
  );
}
