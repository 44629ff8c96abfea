import { useTranslation } from 'react-i18next';

/** Kinds of work with a name of their own; a feature may bring another one, told by its own word. */
const KINDS = [
  'audits.run',
  'audits.daily',
  'conversions.evaluate',
  'conversions.reevaluate',
  'conversions.remind',
  'equivalence.answer',
  'equivalence.destroy',
  'equivalence.remind',
  'imports.check',
  'imports.commit',
  'keys.rotate',
  'learners.shred',
  'ledger.expire',
  'revocations.run',
  'simulations.run',
  'webhooks.deliver',
  'webhooks.prune',
] as const;

export function useWorkName(): (kind: string) => string {
  const { t } = useTranslation('operations');
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(`operations.kindOf.${known}`) : kind;
  };
}
