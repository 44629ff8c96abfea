import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const WEB = resolve(__dirname, '../../web/src');

/** The pages that learners and those who check a proof come to, and what stands around them. */
const THAI_PAGES = [
  'pages/account/index.tsx',
  'pages/claim/index.tsx',
  'pages/home.tsx',
  'pages/not-found.tsx',
  'pages/settings/index.tsx',
  'pages/sign-in.tsx',
  'pages/verify/index.tsx',
  'parts/failure-boundary.tsx',
  'parts/for-roles.tsx',
  'parts/frame.tsx',
];

interface Groups {
  readonly hasThai: (pathname: string) => boolean;
}

const IMPORT =
  /(?:^|\n)(?:import|export)\s(?!type\s)[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g;
const NAMESPACES = /useTranslation(?:<[^>]*>)?\(\s*(\[[^\]]*\]|[^)]*?)\s*\)/g;
const PREFIXED = /['`]([a-z]+):[a-zA-Z$]/g;
const OPTION = /\bns:\s*['`]([a-z]+)['`]/g;

const isNamespace = (name: string): boolean => existsSync(join(WEB, `i18n/zh/${name}.ts`));

/** The namespaces that the text of a file asks for, and what else it hands to `useTranslation`. */
function namespacesIn(text: string): { names: string[]; unread: string[] } {
  const names: string[] = [];
  const unread: string[] = [];
  for (const [, given = ''] of text.matchAll(NAMESPACES)) {
    const literals = [...given.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    if (given === '') names.push('common');
    else if (literals.length > 0) names.push(...literals);
    else unread.push(given);
  }
  for (const pattern of [PREFIXED, OPTION]) {
    names.push(...[...text.matchAll(pattern)].map(([, name = '']) => name).filter(isNamespace));
  }
  return { names, unread };
}

function fileOf(from: string, imported: string): string | undefined {
  const base = resolve(dirname(from), imported);
  return ['.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => base + end).find(existsSync);
}

/** A page and every file of the site that it brings with it. */
function filesOf(page: string): string[] {
  const seen = new Set([join(WEB, page)]);
  for (const file of seen) {
    for (const [, first, second] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const next = fileOf(file, first ?? second ?? '');
      if (next && !next.includes('/i18n/')) seen.add(next);
    }
  }
  return [...seen];
}

function namespacesOf(page: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of filesOf(page)) {
    const { names, unread } = namespacesIn(readFileSync(file, 'utf8'));
    expect({ file: relative(WEB, file), unread }).toEqual({
      file: relative(WEB, file),
      unread: [],
    });
    for (const name of names) found.set(name, relative(WEB, file));
  }
  return found;
}

/** The addresses where rooms begin, as `app.tsx` and `groups.ts` have them. */
function addresses(): string[] {
  const texts = ['app.tsx', 'parts/groups.ts'].map((file) => readFileSync(join(WEB, file), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/(?:path="|to: ')(\/[a-z-]*)/g)]);
  return [...new Set(found.map(([, address = '']) => address))].toSorted();
}

const THAI = readdirSync(join(WEB, 'i18n/th')).map((file) => file.replace(/\.ts$/, ''));

describe('Thai texts', () => {
  it.each(THAI_PAGES)('are there for everything that %s says', (page) => {
    const missing = [...namespacesOf(page)].filter(([name]) => !THAI.includes(name));
    expect(missing).toEqual([]);
  });

  it('reads the namespaces of all ways to ask for a text', () => {
    const asked = [
      'useTranslation()',
      "useTranslation('pathway')",
      "useTranslation(['schemes', 'verify'])",
      "t('signing:or')",
      't(`role:${role}`)',
      "t('sum', { ns: 'decision' })",
      "'imports:read'",
    ].map((text) => namespacesIn(text).names);
    expect(asked).toEqual([
      ['common'],
      ['pathway'],
      ['schemes', 'verify'],
      ['signing'],
      ['role'],
      ['decision'],
      [],
    ]);
    expect(namespacesIn('useTranslation(name)').unread).toEqual(['name']);
    expect([...namespacesOf('pages/account/index.tsx').keys()].toSorted()).toEqual(
      expect.arrayContaining([
        'acting',
        'common',
        'decision',
        'learner',
        'mine',
        'pathway',
        'schemes',
      ]),
    );
  });

  it('have exactly the keys of the Chinese ones, or the build fails', () => {
    const loose = THAI.filter(
      (name) =>
        !readFileSync(join(WEB, `i18n/th/${name}.ts`), 'utf8').includes('SameKeys<typeof zh>'),
    );
    expect(loose).toEqual([]);
  });

  it('are what every room speaks that is not marked as English', async () => {
    const { hasThai } = (await import(`${WEB}/parts/groups`)) as Groups;
    const spoken = addresses().filter(hasThai);
    expect(spoken).toEqual(['/', '/account', '/claim', '/settings', '/sign-in', '/verify']);
    expect(['/account/goal', '/no-such-page', '/counter/serving/1'].every(hasThai)).toBe(true);
    expect(['/catalogue/pathways', '/counter/sessions', '/log'].some(hasThai)).toBe(false);
  });
});
