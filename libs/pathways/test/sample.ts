import { millicredits, type PartialDate } from '#libs/credit';
import { compileScheme, type PathwayDocument } from '#libs/schemes';
import { type Pathway, type PathwayOutcome, pathwayOf } from '../src/index.js';

const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

/** A pathway of two stages with R54's gate, for specs. */
export function samplePathway(change: Partial<PathwayDocument> = {}): Pathway {
  const result = compileScheme({ ...SAMPLE, ...change });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  const pathway = pathwayOf(result.value);
  if (!pathway) throw new Error('not a pathway');
  return pathway;
}

export const SAMPLE: PathwayDocument = {
  format: 'credit-bank-scheme/1',
  kind: 'staged-pathway',
  id: 'test',
  version: 1,
  title: text('test'),
  basis: [{ text: 'test' }],
  pathway: 'five-year',
  stages: [
    { state: 'one', institution: 'school', years: 3 },
    { state: 'two', institution: 'college', years: 2 },
  ],
  intakes: [{ year: 2023, places: 10 }],
  states: ['one', 'two', 'left', 'gone', 'done'].map((id) => ({ id, title: text(id) })),
  start: ['one'],
  transitions: [
    {
      id: 'passes',
      title: text('passes'),
      from: ['one'],
      event: 'gate',
      if: { semester: ['6'], exam: ['passed'] },
      to: 'two',
      gives: ['place'],
    },
    {
      id: 'leaves',
      title: text('leaves'),
      from: ['one'],
      event: 'gate',
      if: { semester: ['6'], exam: ['failed'], conditions: ['met'] },
      to: 'left',
      gives: ['certificate'],
    },
    {
      id: 'changes',
      title: text('changes'),
      from: ['one'],
      event: 'change-of-major',
      to: 'one',
    },
    { id: 'goes', title: text('goes'), from: ['one', 'two'], event: 'withdrawal', to: 'gone' },
    {
      id: 'reopens',
      title: text('reopens'),
      from: ['one', 'two', 'left'],
      event: 'reopening',
      to: 'one',
    },
  ],
  otherwise: 'refuse',
  gates: [
    {
      id: 'transfer',
      title: text('transfer'),
      from: 'one',
      event: 'gate',
      facts: [
        { id: 'exam', title: text('exam'), examination: ['EXAM'] },
        {
          id: 'conditions',
          title: text('conditions'),
          conditions: [
            { id: 'credits', title: text('credits'), credits: '6', categories: ['major'] },
            { id: 'core', title: text('core'), outcomes: 1, of: ['A', 'B'] },
          ],
        },
      ],
    },
  ],
  carries: [
    { id: 'major', title: text('major'), into: 'two', categories: ['major'], atMost: '5' },
    { id: 'rest', title: text('rest'), into: 'two', except: ['EXAM'] },
  ],
  examples: [],
};

let serial = 0;

export function outcome(code: string, over: Partial<PathwayOutcome> = {}): PathwayOutcome {
  serial += 1;
  return {
    lotId: `lot-${String(serial).padStart(6, '0')}`,
    code,
    institution: 'school',
    category: 'major',
    completedOn: '2025-06-20' as PartialDate,
    passed: true,
    credits: millicredits(4000),
    ...over,
  };
}
