import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const CONFIG = 'src/platform/config';
/** How a setting is read there: from the environment itself, or by one of the helpers. */
const READ = /\benv\['([A-Z_]+)'\]|\benv, '([A-Z_]+)'|\bmilliseconds\('([A-Z_]+)'/g;

const settings = readdirSync(CONFIG)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .flatMap((name) => [...readFileSync(join(CONFIG, name), 'utf8').matchAll(READ)])
  .map(([, whole, helped, timed]) => whole ?? helped ?? timed ?? '');

describe('the settings of the service', () => {
  const pages = ['README.md', 'docs/operations.md'].map((file) => readFileSync(file, 'utf8'));

  it('are all found, however they are read', () => {
    for (const known of ['PORT', 'DATA_DIR', 'SEAL_SECONDS', 'ALONE_CREDITS', 'OIDC_CLIENT_ID']) {
      expect(settings).toContain(known);
    }
    expect(settings).toContain('IDLE_TIMEOUT_SECONDS');
    expect(settings.length).toBeGreaterThan(50);
  });

  it.each([...new Set(settings)].sort())('%s stands in the README or in operations', (name) => {
    const words = new RegExp(`\`${name}(=[^\`]*)?\``);
    expect(pages.some((page) => words.test(page))).toBe(true);
  });
});
