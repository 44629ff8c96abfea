import { SaxesParser } from 'saxes';
import type { XmlNode } from '../src/elmo/xml.js';

/** XML as a tree, for specs; names lose their prefix, as with the reader of the service. */
export function parseXml(xml: string): XmlNode {
  const root = { name: '', attributes: {}, children: [] as XmlNode[], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name: name.split(':').at(-1) ?? name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    (open.at(-1) as { text: string }).text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0] as XmlNode;
}
