import { useTranslation } from 'react-i18next';
import type { ApplicationState } from '../api/types';
import type { IconName } from './icon';
import { Tag, type Tone } from './tag';

const LOOKS = {
  draft: { tone: 'quiet', icon: 'dash' },
  submitted: { tone: 'wait', icon: 'clock' },
  evaluating: { tone: 'wait', icon: 'clock' },
  'in-review': { tone: 'wait', icon: 'person' },
  approved: { tone: 'good', icon: 'check' },
  booked: { tone: 'good', icon: 'check' },
  rejected: { tone: 'bad', icon: 'cross' },
  returned: { tone: 'wait', icon: 'undo' },
  appealed: { tone: 'wait', icon: 'person' },
  withdrawn: { tone: 'quiet', icon: 'dash' },
  refused: { tone: 'bad', icon: 'cross' },
  revoked: { tone: 'bad', icon: 'undo' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

/** Where people of the receiving school look at it. */
export const WITH_PEOPLE: readonly string[] = ['in-review', 'appealed'];

export function ApplicationTag({ state }: { state: ApplicationState }) {
  const { t } = useTranslation('decision');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

/** How often to look again, in ms: often while the queue works, seldom while a person does. */
export function lookAgainAfter(state: ApplicationState | undefined): number | false {
  if (state === 'submitted' || state === 'evaluating') return 1_000;
  return state && WITH_PEOPLE.includes(state) ? 10_000 : false;
}
