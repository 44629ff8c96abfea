import type { Translation } from '../shape';
import type { verify as chinese } from '../zh/verify';

export const verify: Translation<typeof chinese> = {
  title: 'Verify a record',
  resultTitle: 'Verification result',
  lead: 'Anyone can verify, without an account. The credit bank answers as things stand now.',
  form: {
    code: 'Verification code',
    hint: '12 digits, with or without spaces.',
    check: 'Verify',
    fault_one: 'The code has 12 digits; this is {{count}}.',
    fault_other: 'The code has 12 digits; these are {{count}}.',
  },
  another: 'Verify another',
  valid: 'The record is valid',
  notAll_one: '{{count}} check failed',
  notAll_other: '{{count}} checks failed',
  checkedAt: 'Checked at {{at}} (Beijing time)',
  checks: 'Line by line',
  result: {
    pass: 'Passed',
    fail: 'Failed',
    'not-applicable': 'Does not apply',
  },
  fact: {
    name: 'Name',
    document: 'Document',
    purpose: 'Purpose',
    expires: 'Valid until',
  },
  outcomes: 'Learning outcomes',
  noOutcomes: 'This record lists no learning outcome.',
  notValid: {
    title: 'There is no record to verify',
    text: 'The code may be mistyped, past its end, or ended by its holder. Ask the holder to check it or to make a new one.',
  },
  print: 'Print this page',
  how: {
    title: 'How to be sure of this result',
    address:
      'Check that the address bar says {{host}}. Do not trust a screenshot or a forwarded page.',
    code: 'If the code is on paper or in a file, type it in here yourself.',
    person: 'Compare the name and the ends of the document number with the person’s own document.',
    fresh: 'The result speaks of the moment of the check only; check again when you need to.',
  },
};
