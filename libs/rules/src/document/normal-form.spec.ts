import { sample } from '../../test/sample.js';
import { canonicalise } from './rulebook.js';

/** The same character in one code point and in two. */
const [COMPOSED, DECOMPOSED] = ['\u00e9', 'e\u0301'];

test.each(['', 'a', '学分'])('two ways to type one character after %j are one rule', (before) => {
  const document = (letter: string) =>
    canonicalise(
      sample({
        title: { zh: before + letter, en: 'title' },
        ratios: {
          [before + letter]: {
            hours: '16',
            credits: '1',
            round: { to: '0.5', mode: 'down', at: 'each-lot' },
          },
        },
        basis: [{ text: before }, { text: before + letter }],
      }),
    );
  expect(document(DECOMPOSED)).toEqual(document(COMPOSED));
  expect(Object.keys(document(DECOMPOSED).ratios)).toEqual([before + COMPOSED]);
  expect(document(DECOMPOSED).title.zh).toBe(before + COMPOSED);
  expect(document(DECOMPOSED).basis.map(({ text }) => text)).toEqual([before, before + COMPOSED]);
});
