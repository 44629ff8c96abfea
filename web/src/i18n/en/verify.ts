import type { Translation } from '../shape';
import type { verify as chinese } from '../zh/verify';

export const verify: Translation<typeof chinese> = {
  title: 'Verify a record',
  resultTitle: 'Verification result',
  lead: 'Anyone can verify, without an account. The credit bank answers as things stand now.',
  box: {
    title: 'Put here what you want to verify',
    entry: 'Code, link or credential',
    entryHint:
      'The 12 digits (spaces do not matter), or paste a link or a credential (JSON, JWT, SVG). A bar code reader can scan right into the field; Enter verifies.',
    busy: 'Verifying…',
    scan: 'Scan with the camera',
    scanHow: 'Hold the QR code before the camera. The picture stays on this device.',
    scanStop: 'Stop scanning',
    scanRefused: 'The camera does not open',
    scanRefusedAdvice:
      'Allow this page to use the camera, or type the 12 digits that stand beside the QR code.',
    formats:
      'You can also drop a file here: the original PDF, PNG, SVG, JSON or JWT, at most {{count}} MiB. It is looked at once and not kept.',
  },
  form: {
    check: 'Verify',
    fault_one: 'The code has 12 digits; this is {{count}}.',
    fault_other: 'The code has 12 digits; these are {{count}}.',
  },
  another: 'Verify another',
  again: 'Check again',
  standing: {
    watched: 'While this page is open, it tells you by itself when something changes.',
    ended: 'This proof no longer holds',
    endedText:
      'After you looked, its holder ended it or its time ran out. Below is how things stood at {{at}}; do not rely on it.',
    changed: 'Something has changed',
    changedText: 'What the proof shows has changed since {{at}}. Check again.',
  },
  valid: 'The record is valid',
  notAll_one: '{{count}} check failed',
  notAll_other: '{{count}} checks failed',
  checkedAt: 'Checked at {{at}} (Beijing time)',
  checks: 'Line by line',
  result: {
    pass: 'Passed',
    fail: 'Failed',
    'not-applicable': 'Does not apply',
    'not-checked': 'Not checked',
  },
  meaning: {
    ask: 'What does this mean?',
    seal: 'A PDF of the credit bank carries a seal over every byte. Whoever changes a letter breaks it.',
    format:
      'A code has a check digit and a credential has a fixed form. This finds miscopied digits and damaged files.',
    signature:
      'The issuer signs with a key that only the issuer has. If it fits, the content is from that issuer and unchanged.',
    issuer:
      'Whether the institution that signed or registered it is known to the credit bank and in good standing.',
    validity:
      'The holder sets an end to a proof and can stop it at any time. This says whether it is open now.',
    revoked:
      'An institution takes an outcome back when it was registered wrongly. This says whether that happened.',
    suspended:
      'Whether the credential or its issuer is suspended. A suspension can be lifted, a revocation cannot.',
    ledger:
      'All entries of every credit are computed again from the start, to see that they agree and nothing was changed.',
    log: 'What is booked goes into a public log that anybody can check for deletions. This says whether the credential stands in it.',
  },
  line: {
    seal: 'Seal of the paper',
    format: 'Form',
    signature: 'Signature',
    issuer: 'Issuer',
    validity: 'Validity',
    revoked: 'Revocation',
    suspended: 'Suspension',
    ledger: 'Ledger',
    log: 'Transparency log',
  },
  pin: {
    title: 'This proof takes a PIN',
    label: 'PIN',
    hint: '6 to 12 digits, which the holder tells you separately.',
    needed: 'The holder protected this proof with a PIN. Ask for it and type it in below.',
    open: 'Open',
    fault_one: 'A PIN has 6 to 12 digits; this is {{count}}. It was not sent and does not count.',
    fault_other:
      'A PIN has 6 to 12 digits; these are {{count}}. It was not sent and does not count.',
  },
  handed: {
    choose: 'Choose a file',
    textFault: 'There is nothing yet. Type the code, or paste the text to verify.',
    tooLarge: 'The file is larger than {{count}} MiB',
    tooLargeAdvice: 'Send the credential or transcript alone. Nothing was uploaded.',
    pinOfFile: 'Type the code from the file in above, then the PIN that its holder told you.',
    ofFile: 'Result for “{{name}}”',
    ofText: 'Result for the pasted text',
    inner_one: '{{count}} credential within it, signed by itself',
    inner_other: '{{count}} credentials within it, each signed by itself',
  },
  verdict: {
    valid: 'Valid: everything that could be checked passed',
    invalid_one: 'Do not rely on it: {{count}} check failed',
    invalid_other: 'Do not rely on it: {{count}} checks failed',
    incomplete_one: 'Undecided: nothing is wrong, but {{count}} check could not be made',
    incomplete_other: 'Undecided: nothing is wrong, but {{count}} checks could not be made',
  },
  advice: {
    code: 'Compare the name and the ends of the document number with the person’s own document, then read the outcomes.',
    codeFailed: 'Read the lines marked “Failed” first, and do what they say before you decide.',
    valid: 'Compare the name and the content with what the person told you.',
    paper:
      'The file shows how things stood when it was made. For how they stand now, type in the 12 digits that are on it.',
    invalid:
      'Do not decide on it. Ask its holder for the original file, or the institution it names to confirm.',
    incomplete: 'Do what the lines say before you decide.',
  },
  content: {
    title: 'Name',
    achievement: 'Achievement',
    issuer: 'Issuer',
    unnamed: 'Without a name',
    from: 'Valid from',
    until: 'Valid until',
    unproven: 'This is what the file says of itself; it is not proven.',
    whole: 'Show the whole credential',
  },
  fact: {
    name: 'Name',
    unnamed: 'not stated by any institution',
    document: 'Document',
    purpose: 'Purpose',
    receiver: 'Meant for',
    expires: 'Valid until',
  },
  document: {
    'resident-id': 'Resident ID',
    passport: 'Passport',
    'hk-macao-permit': 'Mainland travel permit (Hong Kong, Macao)',
    'taiwan-permit': 'Mainland travel permit (Taiwan)',
    'hmt-residence-permit': 'Residence permit (Hong Kong, Macao, Taiwan)',
    'foreign-permanent-resident': 'Permanent residence card',
    'foreign-student-number': 'Foreign student number',
    'sh-credit-bank-id': 'Shanghai credit bank account',
    'abc-account-id': 'ABC account',
  },
  conversions: {
    title: 'Booked conversions',
    programme: 'Into',
    institution: 'Decided by',
    booked: 'Booked',
    credits: 'Credits',
    rule: 'Rule',
    version: '{{id}}, version {{version}}',
  },
  total: {
    title: 'Credits in all (as of {{date}})',
    available: 'Available',
    held: 'On hold',
    used: 'Converted',
    expired: 'Expired',
    revoked: 'Revoked',
  },
  outcomes: 'Learning outcomes',
  noOutcomes: 'This record lists no learning outcome.',
  notValid: {
    title: 'There is no record to verify',
    text: 'The code may be mistyped, past its end, or ended by its holder. Ask the holder to check it or to make a new one.',
  },
  printed: {
    code: 'Verification code: {{code}}',
    at: 'Checked at {{at}} (Beijing time) on {{address}}',
    by: 'Checked by {{office}} ({{person}})',
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
