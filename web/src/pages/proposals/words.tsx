import { useTranslation } from 'react-i18next';
import type { ProposalState } from '../../api/authority-types';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';

const LOOKS = {
  open: { tone: 'wait', icon: 'clock' },
  confirmed: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'cross' },
  withdrawn: { tone: 'quiet', icon: 'undo' },
  expired: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<ProposalState, { tone: Tone; icon: IconName }>;

export function ProposalTag({ state }: { state: ProposalState }) {
  const { t } = useTranslation('proposals');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

/** Kinds with a name of their own; a feature may bring another one. */
const KINDS = [
  'outcome-revocation',
  'outcome-redeposit',
  'revocation-order',
  'person-merge',
  'person-split',
  'second-factor-reset',
  'pathway-publication',
] as const;

export function useKindName(): (kind: string) => string {
  const { t } = useTranslation('proposals');
  return (kind) => t(`kind.${KINDS.find((known) => known === kind) ?? 'other'}`);
}
