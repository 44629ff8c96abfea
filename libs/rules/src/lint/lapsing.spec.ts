import { compiled, rule, sample } from '../../test/sample.js';
import { lint, type LintContext } from './index.js';

function ends(to: string | null, context: Partial<LintContext> = {}): string[] {
  const window = { from: '2026-01-01', to, by: 'application' as const };
  const document = sample({
    inForce: window,
    rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], { inForce: window })],
  });
  return lint([compiled(document)], { today: '2026-10-01', ...context })
    .filter(({ code }) => code.startsWith('lint-laps'))
    .map(({ code, severity, path, params }) => {
      return `${code} ${severity} ${path} ${params.name} ${params.to} ${params.days ?? ''}`.trim();
    });
}

test('the last of ninety days is told, the day before it is not', () => {
  expect(ends('2026-12-31')).toEqual([]);
  expect(ends('2026-12-30')).toEqual([
    'lint-lapses-soon warning /inForce/to sample 2026-12-30 90',
    'lint-lapses-soon warning /rules/0/inForce/to r 2026-12-30 90',
  ]);
  expect(ends('2026-10-02', { lapseDays: 0 })).toEqual([]);
});

test('today is the last day, yesterday was', () => {
  expect(ends('2026-10-01', { lapseDays: 0 })[0]).toContain('lint-lapses-soon');
  expect(ends('2026-09-30')).toEqual([
    'lint-lapsed warning /inForce/to sample 2026-09-30',
    'lint-lapsed warning /rules/0/inForce/to r 2026-09-30',
  ]);
});

test('what has no end does not lapse', () => {
  expect(ends(null)).toEqual([]);
});
