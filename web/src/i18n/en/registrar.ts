import type { Translation } from '../shape';
import type { registrar as chinese } from '../zh/registrar';

export const registrar: Translation<typeof chinese> = {
  imports: {
    title: 'Upload completions',
    lead: 'A dry run comes first: it says how many rows fit and how many need a fix. Nothing is posted before you confirm.',
  },
  upload: {
    title: 'Drop a file here',
    text: 'or choose one from this computer',
    choose: 'Choose a file',
    sending: 'Sending…',
    formats: 'CSV (UTF-8 or GB18030) and XLSX, recognised by themselves.',
  },
  template: {
    title: 'No template yet?',
    text: 'Download it and put your rows in place of the three samples. In the Excel template every cell is text, so no ID number loses digits.',
    xlsx: 'Excel template',
    csv: 'CSV template',
  },
  recent: {
    title: 'Recent files',
    none: 'No file has been uploaded yet.',
    file: 'File',
    created: 'Uploaded',
    posted: 'Posted',
    faulty: 'Need a fix',
    state: 'State',
  },
  state: {
    received: 'Received',
    checking: 'Dry run',
    checked: 'To confirm',
    committing: 'Posting',
    committed: 'Posted',
    failed: 'Not completed',
  },
  import: {
    title: 'Uploaded file',
    all: 'Back to all files',
  },
  reading: {
    sheet: 'Only the sheet “{{sheet}}” is read, not: {{others}}.',
    columns: 'These columns carry nothing for the bank and are skipped: {{columns}}.',
    and: ', ',
  },
  progress: {
    checking: 'Dry run',
    committing: 'Posting',
    rows: 'Rows done',
    speed: 'Speed',
    perSecond: '{{rows}} rows/s',
    left: 'Time left',
    seconds_one: '{{count}} second',
    seconds_other: '{{count}} seconds',
    faulty: 'Rows that need a fix',
    mayClose: 'You may close this page and come back from “Recent files”; the work goes on.',
  },
  count: {
    fit: 'fit',
    posted: 'posted now',
    faulty: 'need a fix',
    alreadyPosted: 'already posted',
    rows_one: '{{rows}} row',
    rows_other: '{{rows}} rows',
  },
  dryRun: {
    title: 'Result of the dry run',
    nothingPosted:
      'Nothing is posted yet. Rows that were posted before are skipped and never counted twice.',
    rest: 'You can post the good rows now. Fix the other {{faulty}} and upload them again; rows already posted are recognised.',
    noneFit: 'No row can be posted.',
    allPosted: 'Every row of this file was posted before. There is nothing to do.',
  },
  commit: {
    label_one: 'Post {{rows}} row',
    label_other: 'Post {{rows}} rows',
    title: 'Post these rows?',
    question_one:
      '{{rows}} learning outcome will be posted. It can then be corrected by revocation only, not deleted.',
    question_other:
      '{{rows}} learning outcomes will be posted. They can then be corrected by revocation only, not deleted.',
    confirm: 'Post',
  },
  corrections: {
    download: 'Download the rows to fix',
    text: 'Only the rows at fault, each with the error and what to do.',
  },
  result: {
    title: 'Posted',
    text: 'The learners can see this credit now.',
  },
  failed: {
    title: 'The file was not completed',
    text: 'Nothing more was posted. Check the file and upload it again; rows already posted are recognised.',
  },
  faults: {
    title: 'Rows that need a fix',
    filter: 'Only this reason',
    all: 'All reasons',
    row: 'Row',
    rowNumber: 'row {{row}}',
    column: 'Column',
    value: 'Value',
    empty: '(empty)',
    reason: 'Reason',
    hint: 'What to do',
  },
};
