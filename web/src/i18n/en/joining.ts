import type { Translation } from '../shape';
import type { joining as chinese } from '../zh/joining';

export const joining: Translation<typeof chinese> = {
  title: 'Ask to join',
  lead: 'Schools, issuers of certificates and admissions offices can ask. The authority answers, and the receipt shows you the result.',
  ask: {
    title: 'Your request',
    nameZh: 'Name in Chinese',
    nameEn: 'Name in English',
    kind: 'Kind of institution',
    region: 'Region',
    code: 'Code you would like',
    codeHint: '2 to 40 letters, digits and hyphens, like jiangbei-vocational',
    contact: 'How to reach you',
    contactHint: 'An office and its telephone; no person’s name',
    purpose: 'What you want to do',
    purposeHint: 'For example: post results of courses in logistics; check applicants’ credits',
    submit: 'Send the request',
    sending: 'Sending…',
  },
  receipt: {
    title: 'Sent. Keep the receipt',
    text: 'It is shown this once. When it is lost, the request has to be made anew. This browser remembers it for you.',
    code: 'Receipt',
    copy: 'Copy the receipt',
  },
  state: {
    title: 'What became of it',
    label: 'Receipt',
    hint: 'The characters that you got with your request',
    show: 'Show',
    forget: 'Let this browser forget the receipt',
    wrong: 'There is no such receipt. Is it complete?',
    waiting: 'The authority has not answered yet',
    waitingText: 'You asked for the code {{code}}. The answer shows here by itself.',
    accepted: 'Accepted',
    acceptedText:
      '“{{name}}” is open. The authority gives you the code of an invitation for its first manager; with it you open an account.',
    refused: 'Refused',
    refusedText: 'Because: {{reason}}',
    open: 'Open an account with the invitation',
  },
};
