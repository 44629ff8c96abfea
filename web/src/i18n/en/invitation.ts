import type { Translation } from '../shape';
import type { invitation as zh } from '../zh/invitation';

export const invitation: Translation<typeof zh> = {
  title: 'Accept an invitation',
  lead: 'Your institution has invited you to work with the credit bank. Choose how you will sign in.',
  code: 'Code of the invitation',
  codeHint: 'The link you were sent fills it in; you can also paste it.',
  name: 'Your name or desk',
  nameHint: 'Colleagues see it, for example: registry, Ms Wang',
  signInName: 'Name to sign in with',
  signInNameHint: '3 to 40 letters, digits, dots, hyphens and underscores.',
  password: 'Password',
  passwordHint: 'At least 8 characters, the longer the better; none that you use elsewhere.',
  again: 'The password once more',
  different: 'The two passwords are not the same.',
  action: 'Open the account',
  done: 'Your account is open',
  doneText: 'Sign in as {{name}}, then set up a second factor under “Signing in and security”.',
  signIn: 'Sign in',
};
