import type { XmlNode } from '#libs/exchange';
import { bufferSource, readXml } from '../imports/index.js';
import { refusal } from '../platform/http/index.js';

/** Four hundred outcomes have 8,000. Checking a signature over so many takes a second of this thread. */
const MOST_ELEMENTS = 10_000;

interface OpenNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/**
 * Untrusted XML as a tree: well-formed UTF-8, no document type and so no entities of its own, bounded in
 * depth, in the number of elements and in the length of a text. Refuses everything else.
 */
export async function readTree(bytes: Buffer): Promise<XmlNode> {
  const open: OpenNode[] = [];
  let root: XmlNode | undefined;
  let elements = 0;
  await readXml(bufferSource(bytes).read(0, bytes.length), 'elmo', {
    open: (name, attributes) => {
      elements += 1;
      if (elements > MOST_ELEMENTS) {
        throw refusal('file-too-complex', { part: 'elmo', limit: `${MOST_ELEMENTS} elements` });
      }
      open.push({ name, attributes: { ...attributes }, children: [], text: '' });
    },
    text: (text) => {
      const node = open.at(-1);
      if (node) node.text += text;
    },
    close: () => {
      const node = open.pop() as OpenNode;
      const parent = open.at(-1);
      if (parent) parent.children.push(node);
      else root = node;
    },
  });
  if (!root) throw refusal('file-damaged', { reason: 'elmo: no element' });
  return root;
}
