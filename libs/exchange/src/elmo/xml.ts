/** An element as readers of untrusted XML hand it on: names without prefix, no processing, no entities. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** The text between its tags, of the element itself. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What XML 1.0 cannot hold in any spelling. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- finding what XML cannot hold is the purpose
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
}

/** Text as `xs:token` has it: one line, no blanks at the ends, one between words. */
export function xmlToken(text: string): string {
  return xmlText(text.replace(/\s+/gu, ' ').trim());
}

type Attributes = Readonly<Record<string, string>>;

/** An element with elements, or with text that is escaped already. */
export function element(name: string, attributes: Attributes, content: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xmlText(value)}"`)
    .join('');
  return `<${name}${written}>${content}</${name}>`;
}

/** An element of one token; nothing where nothing is known. */
export function token(name: string, text: string | null, attributes: Attributes = {}): string {
  return text === null ? '' : element(name, attributes, xmlToken(text));
}

export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

/** The text of a child as a token; null when there is none or it is empty. */
export function tokenOf(node: XmlNode | undefined, name: string): string | null {
  const text = childOf(node, name)?.text.replace(/\s+/gu, ' ').trim() ?? '';
  return text === '' ? null : text;
}
