import fc from 'fast-check';
import { VERDICTS, type Verdict } from './application.js';
import { SMALLEST_PANEL, appealPanelSize, outcomeOf, panelSize } from './panel.js';

const votes = (...verdicts: Verdict[]): { verdict: Verdict }[] =>
  verdicts.map((verdict) => ({ verdict }));

describe('how many people decide (R57)', () => {
  it.each([
    ['required', true, 1],
    ['required', false, 3],
    [{ panel: 5 }, true, 5],
    [{ panel: 5, catalogued: 1 }, true, 1],
    [{ panel: 5, catalogued: 1 }, false, 5],
    [{ panel: 1 }, false, 3],
    [{ panel: 2, catalogued: 2 }, true, 2],
  ] as const)('%j, catalogued %s → %i', (review, isCatalogued, size) => {
    expect(panelSize(review, isCatalogued)).toBe(size);
  });

  it.each([
    [1, 3],
    [3, 3],
    [5, 5],
  ])('a first panel of %i is followed by one of %i on appeal', (first, second) => {
    expect(appealPanelSize(first)).toBe(second);
  });
});

describe('what votes come to', () => {
  it.each([
    [1, 1, [], null],
    [1, 1, ['approve'], 'approve'],
    [3, 1, ['approve'], null],
    [3, 1, ['approve', 'approve'], 'approve'],
    [3, 1, ['approve', 'reject'], null],
    [3, 1, ['reject', 'approve', 'reject'], 'reject'],
    [3, 1, ['return', 'return'], 'return'],
    [3, 1, ['approve', 'reject', 'return'], 'return'],
    [4, 1, ['approve', 'approve', 'reject', 'reject'], 'reject'],
    [4, 1, ['approve', 'approve', 'return', 'return'], 'return'],
    [4, 1, ['approve', 'approve', 'approve'], 'approve'],
    [5, 1, ['approve', 'approve', 'reject', 'reject', 'return'], 'reject'],
    [3, 2, ['approve', 'reject'], null],
    [4, 2, ['approve', 'approve', 'reject', 'reject'], 'reject'],
  ] as const)('a panel of %i in round %i with %j → %s', (size, round, said, outcome) => {
    expect(outcomeOf(votes(...said), size, round)).toBe(outcome);
  });

  const panel = fc
    .integer({ min: 1, max: 9 })
    .chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.array(fc.constantFrom(...VERDICTS), { minLength: size, maxLength: size }),
      ),
    );

  it('is something once everybody has voted, and approves by more than half only', () => {
    fc.assert(
      fc.property(panel, ([size, said]) => {
        const outcome = outcomeOf(votes(...said), size, 1);
        const approving = said.filter((verdict) => verdict === 'approve').length;
        expect(outcome).not.toBeNull();
        expect(outcome === 'approve').toBe(approving * 2 > size);
      }),
    );
  });

  it('does not depend on the order, and is not changed by later votes', () => {
    fc.assert(
      fc.property(panel, fc.nat(), ([size, said], cut) => {
        const whole = outcomeOf(votes(...said), size, 1);
        expect(outcomeOf(votes(...said.toReversed()), size, 1)).toBe(whole);
        const early = outcomeOf(votes(...said.slice(0, cut % (size + 1))), size, 1);
        expect([null, whole]).toContain(early);
      }),
    );
  });

  it('is never less than three for what the catalogue does not know', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (panelOf) => {
        expect(panelSize({ panel: panelOf, catalogued: 1 }, false)).toBe(
          Math.max(panelOf, SMALLEST_PANEL),
        );
      }),
    );
  });
});
