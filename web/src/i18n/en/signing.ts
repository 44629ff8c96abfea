import type { Translation } from '../shape';
import type { signing as zh } from '../zh/signing';

export const signing: Translation<typeof zh> = {
  code: 'One-time code or recovery code',
  codeHint: 'The six digits of your app; without your telephone, one of your recovery codes.',
  passkey: 'Sign in with a passkey',
  passkeyHint: 'Fingerprint, face or screen lock',
  cancelled: 'You are not signed in: it was cancelled or took too long.',
  provider: 'Sign in with {{name}}',
  providerFailed: 'Single sign-on did not work. Try again, or sign in another way.',
  or: 'Or sign in with a password',
  help: 'You cannot sign in?',
  helpForgotten:
    'Password forgotten: learners bring a document to any counter and claim the account again; staff ask the manager of their institution.',
  helpLost:
    'Telephone lost: type a recovery code where a code is asked for. Without one, ask the manager of your institution; two people check who you are.',
  claim: 'First time here? Open your account with a claim code',
  invited: 'Invited? Accept your invitation',
};
