import type { Translation } from '../shape';
import type { claim as zh } from '../zh/claim';

export const claim: Translation<typeof zh> = {
  title: 'Open my account',
  lead: 'Did a school or counter give you a code? With your document, name and the code you see your credits.',
  code: 'Claim code',
  codeHint: 'Three groups of four, like k7mq-2xpa-9wtd; capitals and hyphens do not matter.',
  school: 'Code of the school that gave the number (only for numbers of foreign students)',
  schoolHint: 'It stands on the slip with the code.',
  signInName: 'Choose a sign-in name',
  signInNameHint: 'Letters and digits, 3 to 50. Not your telephone or document number.',
  password: 'Choose a password',
  passwordHint: 'At least 8 characters; best a sentence that only you remember.',
  show: 'Show the password',
  open: 'Open the account',
  opening: 'Opening…',
  done: 'Your account is open and you are signed in',
  toAccount: 'See my credits',
  passkey: {
    title: 'No password to remember',
    text: 'Sign in with your finger, your face or the code of your screen: faster, and safer.',
    add: 'Set it up now',
    label: 'The device I claimed with',
    done: 'Set up; next time you can sign in with it',
    notMade: 'It was not set up. You can do it later in the settings.',
    recovery: 'Write these recovery codes down, in case you lose the device. They are shown once.',
  },
};
