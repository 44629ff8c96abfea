import type { Translation } from '../shape';
import type { acting as chinese } from '../zh/acting';

export const acting: Translation<typeof chinese> = {
  and: ', ',
  forMe: 'Who may act for me',
  forMeText:
    'A clerk at a counter needs your agreement, a guardian needs evidence. Everything they do stands under “Who looked”.',
  nobody: 'Nobody has acted for you.',
  asGuardian: 'As a guardian',
  hint: 'You are a guardian and can look and act for the child.',
  open: 'Act for the child',
  end: 'End it',
  endQuestion: 'You can no longer act for the child; a counter can record it anew.',
  over: 'This guardianship has ended',
  kind: { counter: 'Clerk at a counter', guardian: 'Guardian' },
  state: { active: 'Valid', ended: 'Ended' },
  acts: { see: 'see and print', apply: 'apply', share: 'share' },
  given: {
    'signed-paper': 'By a signed paper',
    spoken: 'Agreed aloud, before a witness',
    evidence: 'By evidence of guardianship',
  },
  period: '{{from}} to {{until}}.',
  banner: 'For whom you act',
  now: 'You act for {{name}}',
  unnamed: 'a learner without a name on record',
  until: 'ends by itself {{at}}',
  logged: 'every step goes into the person’s access log',
  leave: 'Back to my own record',
};
