import { useTranslation } from 'react-i18next';
import { Proposed as ProposedNote } from '../../../parts/proposed';
import { useFormat } from '../../../parts/use-format';

/** What is said of an order that waits for a second person. */
export function Proposed({ proposal }: { proposal: { id: string; expiresAt: string } }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  return (
    <ProposedNote
      proposal={proposal}
      title={t('proposed.title')}
      text={t('proposed.text', { until: format.moment(proposal.expiresAt) })}
      link={t('proposed.link')}
    />
  );
}
