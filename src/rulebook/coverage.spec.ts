import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RulebookDocument } from '#libs/rules';

const ROOT = join(process.cwd(), 'rulebooks');

/** Cases of the field notes that the rulebooks must show; later sessions add to the list. */
const CASES = 'R01 R02 R07 R10 R11 R17 R18 R19 R21 R28 R29 R40 R45 R46'.split(' ');

const examples = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => (parse(readFileSync(join(ROOT, name), 'utf8')) as RulebookDocument).examples);

test.each(CASES)('%s is shown from both sides', (id) => {
  const shown = examples.filter(({ covers }) => covers?.includes(id));
  // One side gives credit (or the award), the other gives less or names what is short.
  const outcomes = new Set(
    shown.map(({ expect: { credits, award, granted } }) => award ?? credits ?? granted?.join()),
  );
  expect([id, outcomes.size >= 2]).toEqual([id, true]);
});
