import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '../../../web/src');

/**
 * The patterns of all addresses of the site, read from the `<Route>` elements of `app.tsx` and of the
 * components that stand behind its `/*` routes. Routes that only lead elsewhere are left out.
 */
export function routePatterns() {
  const seen = new Set();
  return [...new Set(routesOf(join(SOURCES, 'app.tsx'), '', seen))].sort(byText);
}

function byText(one, other) {
  return one < other ? -1 : 1;
}

function routesOf(file, base, seen) {
  seen.add(file);
  const source = parse(file);
  const modules = modulesOf(source, file);
  const found = [];
  const all = routeElements(source).flatMap((route) => spreadGroups(route, source));
  // What stands at every other address is walked first: it is the first address of its pages.
  const rest = all.filter(({ path }) => path === '*');
  for (const { path, element } of [...rest, ...all.filter((route) => !rest.includes(route))]) {
    const pattern = join('/', base, path.replace(/\/?\*$/, ''));
    if (/^<Navigate\b/.test(element)) continue;
    const isCatchAll = path === '*' && /<NotFound\b/.test(element);
    if (isCatchAll) {
      if (base === '') found.push('*');
    } else if (path.endsWith('*')) {
      const behind = componentsIn(element).map((name) => modules.get(name));
      const nested = behind.flatMap((other) => (other ? routesBehind(other, pattern, seen) : []));
      // A component without routes of its own is one page.
      found.push(...(nested.length > 0 ? nested : [pattern]));
    } else found.push(...spelled(pattern));
  }
  return found;
}

/**
 * The routes of a component, or of the first one in its folder that it shows and that has some. Pages
 * that stand under a second address too (another's record) are walked at the first.
 */
function routesBehind(file, base, seen) {
  if (seen.has(file)) return [];
  const source = parse(file);
  if (routeElements(source).length > 0) return routesOf(file, base, seen);
  seen.add(file);
  const modules = modulesOf(source, file);
  const near = componentsIn(source.getFullText())
    .map((name) => modules.get(name))
    .filter((other) => other && dirname(other) === dirname(file));
  return [...new Set(near)].flatMap((other) => routesBehind(other, base, seen));
}

/** The one `<Route>` that stands for every group of people, as one for each. */
function spreadGroups(route, source) {
  if (!route.path.includes('${to}')) return [route];
  const groups = readFileSync(join(SOURCES, 'parts/groups.ts'), 'utf8');
  const all = [...groups.matchAll(/to: '([^']+)',\s+name: '(\w+)',\s+roles/g)];
  return all.map(([, to, name]) => {
    const component = new RegExp(`^ +${name}: (\\w+),`, 'm').exec(source.getFullText())?.[1];
    if (!component) throw new Error(`app.tsx names no pages for the group ${name}`);
    return { path: `${to}/*`, element: `<${component} />` };
  });
}

/** `/verify/:code?` is two addresses. */
function spelled(pattern) {
  if (!pattern.endsWith('?')) return [pattern];
  return [dirname(pattern), pattern.slice(0, -1)];
}

/** Every `<Route>` of a file with its whole path, those around it included. */
function routeElements(source) {
  const found = [];
  const visit = (node, around) => {
    const opening = ts.isJsxElement(node) ? node.openingElement : node;
    const isElement = ts.isJsxOpeningElement(opening) || ts.isJsxSelfClosingElement(opening);
    let path = around;
    if (isElement && opening.tagName.getText(source) === 'Route') {
      const attributes = attributesOf(opening, source);
      path = [around, attributes.path ?? ''].filter(Boolean).join('/');
      const isLayout = ts.isJsxElement(node) && node.children.some((child) => isRoute(child));
      if (!isLayout) found.push({ path, element: attributes.element ?? '' });
    }
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(source, '');
  return found;
}

function isRoute(node) {
  const opening = ts.isJsxElement(node) ? node.openingElement : node;
  return 'tagName' in opening && opening.tagName.getText() === 'Route';
}

function attributesOf(opening, source) {
  const entries = opening.attributes.properties.map((attribute) => {
    const value = attribute.initializer;
    if (value === undefined) return [attribute.name?.getText(source), true];
    const isText = ts.isStringLiteral(value);
    const text = isText ? value.text : value.expression.getText(source).replace(/^`|`$/g, '');
    return [attribute.name.getText(source), text];
  });
  return Object.fromEntries(entries);
}

function componentsIn(element) {
  return [...element.matchAll(/<([A-Z]\w*)/g)].map(([, name]) => name);
}

/** Which file a component comes from: imported, or loaded when it is first needed. */
function modulesOf(source, file) {
  const text = source.getFullText();
  const modules = new Map();
  const at = (specifier) => fileOf(resolve(dirname(file), specifier));
  for (const [, names, specifier] of text.matchAll(/import \{([^}]*)\} from '(\.[^']*)'/g)) {
    for (const name of names.split(',')) modules.set(name.trim().split(' ').pop(), at(specifier));
  }
  const lazy = /const (\w+) = [\w.]*lazy\w*\([\s\S]*?import\('(\.[^']*)'\)/g;
  for (const [, name, specifier] of text.matchAll(lazy)) modules.set(name, at(specifier));
  return modules;
}

function fileOf(path) {
  const candidates = [`${path}.tsx`, join(path, 'index.tsx'), `${path}.ts`, join(path, 'index.ts')];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

function parse(file) {
  const kind = ts.ScriptKind.TSX;
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, kind);
}

/** Addresses of the site at which the registry has no page, and addresses of it that do not exist. */
export function complaintsOfRegistry(pages) {
  const patterns = routePatterns();
  const told = new Set(pages.map(({ at, stands = at }) => stands.replace(/[?#].*$/, '')));
  return [
    ...patterns
      .filter((pattern) => !told.has(pattern))
      .map((pattern) => `no page of test/browser/pages.mjs is at ${pattern}`),
    ...[...told]
      .filter((pattern) => !patterns.includes(pattern))
      .map((pattern) => `web/src has no route ${pattern}, which test/browser/pages.mjs names`),
  ];
}
