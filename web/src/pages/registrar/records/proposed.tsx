import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../api/records';
import { Proposed as ProposedNote } from '../../../parts/proposed';
import { useFormat } from '../../../parts/use-format';

/** What is said of an act on a record that waits for a second person. */
export function Proposed({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('records');
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
