import { type Contents, contents, faulty } from './found.js';

/** The namespaces of Open Badges; the prefix in front of the name is free. */
const NAMESPACE =
  /\sxmlns(?::([\w.-]+))?\s*=\s*["']https:\/\/purl\.imsglobal\.org\/(?:spec\/)?ob\/v3p0[^"']*["']/;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

export function isSvg(text: string): boolean {
  const start = text.trimStart().slice(0, 400);
  return start.startsWith('<svg') || (start.startsWith('<?xml') && text.includes('<svg'));
}

/**
 * The credentials baked into an SVG: the JSON within, or the JWT in `verify`, of
 * `<openbadges:credential>`. Declarations (DOCTYPE and entities) are refused, not expanded.
 */
export function openSvg(text: string): Contents {
  const texts: string[] = [];
  const prefixes = new Set<string>(['openbadges']);
  let inside: string | undefined;
  for (const token of tokensOf(text)) {
    if (token.kind === 'broken') return faulty('damaged');
    if (token.kind === 'text') {
      if (inside !== undefined) inside += token.text;
      continue;
    }
    const prefix = NAMESPACE.exec(token.attributes)?.[1];
    if (prefix !== undefined) prefixes.add(prefix);
    if (!isCredential(token.name, prefixes)) continue;
    if (token.name.startsWith('/')) {
      if (inside?.trim()) texts.push(inside.trim());
      inside = undefined;
    } else {
      const jwt = /\sverify\s*=\s*["']([^"']+)["']/.exec(token.attributes)?.[1];
      if (jwt !== undefined) texts.push(decoded(jwt).trim());
      inside = token.attributes.trimEnd().endsWith('/') ? undefined : '';
    }
  }
  return inside === undefined ? contents(texts) : faulty('damaged');
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** The name of an end tag begins with a slash. */
  | { readonly kind: 'tag'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'broken' };

/** What is passed over, by its beginning and its end; declarations are not among it. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const;
const CDATA = ['<![CDATA[', ']]>'] as const;

function* tokensOf(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const until = open < 0 ? text.length : open;
    if (until > at) yield { kind: 'text', text: decoded(text.slice(at, until)) };
    if (open < 0) return;
    const between = [...SKIPPED, CDATA].find(([start]) => text.startsWith(start, open));
    const [start, stop] = between ?? ['<', '>'];
    const end = between ? text.indexOf(stop, open + start.length) : tagEnd(text, open + 1);
    if (end < 0 || (!between && text[open + 1] === '!')) return yield { kind: 'broken' };
    const inner = text.slice(open + start.length, end);
    if (between === CDATA) yield { kind: 'text', text: inner };
    if (!between) yield tagOf(inner);
    at = end + stop.length;
  }
}

/** Where a tag ends, quoted attributes left aside; -1 when it does not. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
    else if (character === '<') return -1;
  }
  return -1;
}

function tagOf(inner: string): Token {
  const space = inner.search(/\s/);
  const nameEnd = space < 0 ? inner.length : space;
  return { kind: 'tag', name: inner.slice(0, nameEnd), attributes: inner.slice(nameEnd) };
}

function isCredential(name: string, prefixes: ReadonlySet<string>): boolean {
  const [prefix, local] = name.replace(/^\//, '').split(':');
  return local?.replace(/\/$/, '') === 'credential' && prefixes.has(prefix ?? '');
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
