import { accountFacts, sharesAccounts, usageOf } from './accounts.js';
import type { CompiledRulebook } from './compile/compiled.js';
import { compileRulebook } from './compile/compile.js';
import type { CapDocument, RulebookDocument } from './document/document.js';
import type { PriorGrant } from './types.js';

const TITLE = { zh: '标题', en: 'Title' };

function rulebook(caps: readonly CapDocument[]): CompiledRulebook {
  const document: RulebookDocument = {
    format: 'credit-bank-rulebook/1',
    id: 'college/both',
    version: 1,
    title: TITLE,
    basis: [{ text: 'Made up for a test' }],
    target: {
      programme: 'P',
      title: TITLE,
      institution: 'college',
      total: '100',
      step: '0.5',
      review: 'none',
      categories: { major: '60', elective: '40' },
      electives: [{ code: 'E', title: TITLE, category: 'elective' }],
    },
    inForce: { from: '2020-01-01', to: null, by: 'application' },
    caps,
    rights: [{ id: 'right', title: TITLE, atLeast: '100' }],
    examples: [{ name: 'none', on: '2026-10-01', learner: { outcomes: [] }, expect: {} }],
  };
  const compiled = compileRulebook(document);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem));
  return compiled.value;
}

function grant(credits: string, category = 'major', lots: readonly string[] = ['a']): PriorGrant {
  const uses = lots.map((lot) => ({ lot }));
  const about = { course: null, elective: null, sources: [], issuers: [] };
  return { rule: 'r', category, credits, uses, ...about };
}

describe('accounts that programmes share', () => {
  const credits = rulebook([{ id: 'c', max: '20', account: 'ways' }]);
  const majors = rulebook([
    { id: 'm', max: '9', of: { category: 'major' }, account: 'ways' },
    { id: 'n', max: '5', of: { category: 'major' }, account: 'ways' },
    { id: 'o', max: '9', account: 'other' },
  ]);
  const lots = rulebook([{ id: 'l', max: '3', counts: 'lots', account: 'ways' }]);

  it('are there when a cap names one', () => {
    expect(sharesAccounts(credits)).toBe(true);
    expect(sharesAccounts(rulebook([{ id: 'c', max: '20' }]))).toBe(false);
  });

  it('count what the caps of other programmes select, each grant once', () => {
    const granted = [grant('4'), grant('2.5'), grant('7', 'elective')];
    expect(accountFacts(credits, [{ rulebook: majors, granted }], [])).toEqual([
      { account: 'ways', counted: '6.5' },
    ]);
  });

  it('add several programmes, and nothing that counts in another unit', () => {
    const elsewhere = [
      { rulebook: credits, granted: [grant('4')] },
      { rulebook: credits, granted: [grant('1')] },
      { rulebook: lots, granted: [grant('9', 'major', ['a', 'b'])] },
    ];
    expect(accountFacts(credits, elsewhere, [])).toEqual([{ account: 'ways', counted: '5' }]);
    expect(accountFacts(lots, elsewhere, [])).toEqual([{ account: 'ways', counted: '2' }]);
  });

  it('are zero where nobody counted', () => {
    expect(accountFacts(credits, [], [])).toEqual([{ account: 'ways', counted: '0' }]);
  });

  it.each([
    ['4', '10', '6'],
    ['4', '16', '0'],
    ['4', '16.5', '0'],
  ])('leave of 20, with %s here and %s elsewhere, %s', (used, elsewhere, left) => {
    const [cap] = credits.caps;
    const facts = {
      granted: [grant(used)],
      outcomes: [],
      accounts: [{ account: 'ways', counted: elsewhere }],
    };
    expect(usageOf(cap!, facts)).toEqual({ limit: '20', used, elsewhere, left });
  });
});
