import { useTranslation } from 'react-i18next';
import type { DeliveryState, Webhook } from '../../../api/systems';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
}

const STATES: Record<Webhook['state'], Look> = {
  active: { tone: 'good', icon: 'check' },
  failing: { tone: 'bad', icon: 'warn' },
  disabled: { tone: 'quiet', icon: 'dash' },
};

const DELIVERIES: Record<DeliveryState, Look> = {
  waiting: { tone: 'wait', icon: 'clock' },
  delivered: { tone: 'good', icon: 'check' },
  'given-up': { tone: 'bad', icon: 'cross' },
  stopped: { tone: 'quiet', icon: 'dash' },
};

export function WebhookTag({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('systems');
  const { state, disabledReason } = webhook;
  return (
    <Tag {...STATES[state]}>
      {disabledReason === null
        ? t(`webhooks.state.${state}`)
        : t(`webhooks.disabled.${disabledReason}`)}
    </Tag>
  );
}

export function DeliveryTag({ state }: { state: DeliveryState }) {
  const { t } = useTranslation('systems');
  return <Tag {...DELIVERIES[state]}>{t(`delivery.state.${state}`)}</Tag>;
}
