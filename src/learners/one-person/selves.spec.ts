import * as fc from 'fast-check';
import { selvesBy } from './selves.js';

const merge = (survivorId: string, absorbedId: string, undoneBy: string | null = null) => ({
  id: `${survivorId}${absorbedId}`,
  action: 'merge' as const,
  survivorId,
  absorbedId,
  undoneBy,
});

describe('all accounts of a person', () => {
  it('are one without entries, and the survivor first with them', () => {
    expect(selvesBy([], 'a')).toEqual(['a']);
    const links = [merge('b', 'c'), merge('a', 'b'), merge('a', 'd')];
    for (const one of ['a', 'b', 'c', 'd']) {
      expect(selvesBy(links, one)).toEqual(['a', 'b', 'd', 'c']);
    }
  });

  it('are apart again when the merge is undone, with whom they had absorbed', () => {
    const links = [merge('b', 'c'), merge('a', 'b', 's')];
    expect(selvesBy(links, 'a')).toEqual(['a']);
    expect(selvesBy(links, 'c')).toEqual(['b', 'c']);
  });

  it('are the same whichever of them is asked for, and nobody is two people', () => {
    const forest = fc.array(fc.nat(), { maxLength: 12 }).map((picks) =>
      // Account n + 1 goes into one of those before it.
      picks.map((pick, n) => merge(String(pick % (n + 1)), String(n + 1), pick % 5 ? null : 's')),
    );
    fc.assert(
      fc.property(forest, (links) => {
        const accounts = Array.from({ length: links.length + 1 }, (_, n) => String(n));
        for (const account of accounts) {
          const selves = selvesBy(links, account);
          expect(selves).toContain(account);
          expect(new Set(selves).size).toBe(selves.length);
          for (const one of selves) expect(selvesBy(links, one)).toEqual(selves);
        }
      }),
    );
  });
});
