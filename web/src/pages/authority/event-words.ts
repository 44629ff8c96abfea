import { useTranslation } from 'react-i18next';

/** Kinds of things in the history with a name of their own. */
export const SUBJECTS = [
  'account',
  'admission-place',
  'admission-scheme',
  'agreement',
  'api-key',
  'bank',
  'demerit',
  'encryption-key',
  'equivalence-quota',
  'erasure',
  'holidays',
  'indicator-input',
  'institution',
  'institution-request',
  'invitation',
  'issuer-key',
  'pathway',
  'proposal',
  'report',
  'report-schedule',
  'revocation-order',
  'rule',
  'school-condition',
  'school-standard',
  'settings',
  'webhook',
  'workload-coefficient',
  'workload-income',
  'workload-statement',
] as const;

const ACTIONS = [
  'accepted',
  'announced',
  'approve',
  'cancelled',
  'changed',
  'claimed',
  'closed',
  'confirmed',
  'create',
  'created',
  'disabled',
  'enabled',
  'ended',
  'entered',
  'first-seen',
  'issued',
  'key-rotated',
  'laid-down',
  'opened',
  'ordered',
  'passkey-added',
  'passkey-removed',
  'password-changed',
  'placed',
  'propose-retirement',
  'proposed',
  'provider-linked',
  'publish',
  'published',
  'put-in-use',
  'recorded',
  'recovery-codes-renewed',
  'refused',
  'reinstated',
  'reject',
  'reject-retirement',
  'removed',
  'replaced',
  'requested',
  'retire',
  'retired',
  'reversed',
  'revise',
  'revoked',
  'roles-changed',
  'rotated',
  'second-factor-reset',
  'sessions-ended',
  'set',
  'shredded',
  'stated',
  'submit',
  'suspended',
  'withdrawn',
] as const;

/** The words of the history; a feature may bring a word of its own, which is shown as it is. */
export function useEventWords() {
  const { t } = useTranslation('operations');
  return {
    subject: (kind: string): string => {
      const known = SUBJECTS.find((one) => one === kind);
      return known ? t(`events.subject.${known}`) : kind;
    },
    action: (action: string): string => {
      const known = ACTIONS.find((one) => one === action);
      return known ? t(`events.action.${known}`) : action;
    },
    /** Learners stand there without a name, and so does the service. */
    actor: (name: string): string =>
      name === 'learner' || name === 'service' ? t(`events.${name}`) : name,
  };
}
