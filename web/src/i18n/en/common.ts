import type { Translation } from '../shape';
import type { common as chinese } from '../zh/common';

export const common: Translation<typeof chinese> = {
  siteName: 'Skills credit bank',
  skip: 'Skip to the content',
  loading: 'Reading…',
  more: 'Show more',
  cancel: 'Cancel',
  copied: 'Copied',
  signIn: 'Sign in',
  signOut: 'Sign out',
  senior: {
    mode: 'Senior mode',
    size0: 'Larger text',
    size1: 'Larger text',
    size2: 'Smaller text again',
  },
  nav: {
    label: 'Main',
    account: 'My credits',
    imports: 'Upload files',
    review: 'Review conversions',
    verify: 'Verify a record',
  },
  foot: {
    promise: 'Nothing learned is lost, nothing is counted twice, nothing has to be taken on trust.',
    api: 'API documentation',
  },
  problem: {
    unreachable: 'The service cannot be reached',
    unreachableAdvice:
      'Check your connection and try again. What you entered is still on this page.',
    requestId: 'If you need help, quote the number',
  },
  failure: {
    title: 'The page did not open',
    note: 'The site may just have been renewed, or the connection was lost.',
    reload: 'Load this page again',
  },
  otherRole: {
    title: 'This page is not for this account',
    note: 'You are signed in as “{{name}}”; this page serves another role.',
    home: 'Go to your own page',
  },
  notFound: {
    title: 'There is no such page',
    text: 'Check the address, or start again from the front page.',
    home: 'Go to the front page',
  },
  home: {
    title: 'Everything you learned counts',
    lead: 'Schools and certificate issuers register what was learned. You see your credit, convert it, and share a proof with those who have to check it.',
    learner: {
      title: 'Learners',
      text: 'See what your credit is worth and what it can become, and make a code to share.',
      action: 'See my credits',
    },
    verify: {
      title: 'Those who verify',
      text: 'Enter the 12-digit code and see, line by line, whether the record holds. No account needed.',
      action: 'Verify a record',
    },
    school: {
      title: 'Schools and issuers',
      text: 'Upload completions: a dry run first, then posting. Only the rows at fault come back.',
      action: 'Upload files',
    },
  },
  signInPage: {
    title: 'Sign in',
    lead: 'One entrance for learners, schools, certificate issuers and admissions offices.',
    name: 'Sign-in name',
    password: 'Password',
    show: 'Show password',
  },
  outcome: {
    title: 'Learning outcome',
    institution: 'Registered by',
    completed: 'Completed',
    credits: 'Credits',
    state: 'State',
    grade: 'grade {{grade}}',
    level: 'level {{level}}',
    noCredits: 'no credit set',
    until: 'valid until {{date}}',
  },
  outcomeState: {
    available: 'Available',
    held: 'On hold',
    used: 'Converted',
    expired: 'Expired',
    revoked: 'Revoked',
    registered: 'Registered only',
  },
};
