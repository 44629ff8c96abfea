import { inflateSync } from 'node:zlib';
import { packPdf } from './pack.js';

/** A document as pdfkit writes one, with as many elements as wanted; the fifth is where the seal stands. */
function written(elements: number): { pdf: Buffer; bodies: Map<number, string> } {
  const bodies = new Map<number, string>();
  bodies.set(1, '<<\n/Type /Catalog\n/Pages 2 0 R\n>>');
  bodies.set(3, '<<\n/Length 26\n>>\nstream\n\xff\xfe stream endobj 9 0 obj \n\nendstream');
  bodies.set(5, '(open)');
  bodies.set(6, '<<\n/Seal 5 0 R\n>>');
  for (let one = 7; one < 7 + elements; one += 1) {
    bodies.set(one, `<<\n/S /TD\n/Text (endobj ${one} \\) \xe6)\n>>`);
  }
  let text = '%PDF-1.7\n%\xff\xff\xff\xff\n\n';
  const rows = ['0000000000 65535 f '];
  for (let one = 1; one < 7 + elements; one += 1) {
    const body = bodies.get(one);
    rows.push(
      body === undefined
        ? '0000000000 00001 f '
        : `${String(text.length).padStart(10, '0')} 00000 n `,
    );
    if (body !== undefined) text += `${one} 0 obj\n${body}\nendobj\n`;
  }
  const trailer = `trailer\n<<\n/Size ${rows.length}\n/Root 1 0 R\n/Info 6 0 R\n/ID [<00> <00>]\n>>\n`;
  const table = `xref\n0 ${rows.length}\n${rows.join('\n')}\n`;
  const end = `startxref\n${text.length}\n%%EOF\n`;
  return { pdf: Buffer.from(text + table + trailer + end, 'latin1'), bodies };
}

/** Every object by the table at the end, as a reader finds it. */
function read(pdf: Buffer): Map<number, string> {
  const latin = pdf.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(latin)?.[1]);
  const table = streamIn(pdf, start);
  const found = new Map<number, string>();
  for (let number = 0; number < table.length / 7; number += 1) {
    const kind = table.readUInt8(number * 7);
    const place = table.readUInt32BE(number * 7 + 1);
    const within = table.readUInt16BE(number * 7 + 5);
    if (kind === 1) {
      expect(latin.slice(place)).toMatch(new RegExp(`^${number} 0 obj\n`));
      found.set(
        number,
        latin.slice(latin.indexOf('\n', place) + 1, latin.indexOf('\nendobj\n', place)),
      );
    }
    if (kind !== 2) continue;
    const holder = table.readUInt32BE(place * 7 + 1);
    const content = streamIn(pdf, holder).toString('latin1');
    const first = Number(/\/First (\d+)/.exec(latin.slice(holder))?.[1]);
    const heads = content.slice(0, first).trim().split(' ').map(Number);
    expect(heads[within * 2]).toBe(number);
    const end = heads[within * 2 + 3];
    const body = content.slice(
      first + heads[within * 2 + 1]!,
      end === undefined ? undefined : first + end,
    );
    found.set(number, body.replace(/\n$/, ''));
  }
  return found;
}

function streamIn(pdf: Buffer, object: number): Buffer {
  const latin = pdf.toString('latin1', object, object + 300);
  const length = Number(/\/Length (\d+)/.exec(latin)?.[1]);
  const start = object + latin.indexOf('stream\n') + 'stream\n'.length;
  return inflateSync(pdf.subarray(start, start + length));
}

describe('a packed PDF', () => {
  it.each([1, 2, 199, 200, 201, 1_000])('says the same as before, of %s elements', (elements) => {
    const { pdf, bodies } = written(elements);
    const packed = packPdf(pdf);
    const found = read(packed);
    for (const [number, body] of bodies) {
      // A stream in the sample holds the word that ends objects; what comes after it is cut here.
      if (number !== 3) expect([number, found.get(number)]).toEqual([number, body]);
    }
    expect(found.has(2)).toBe(false);
    expect(packed.includes(`3 0 obj\n${bodies.get(3)}\nendobj\n`, 0, 'latin1')).toBe(true);
    expect(packPdf(pdf)).toEqual(packed);
  });

  it('keeps in the clear what the seal stands in, and is smaller', () => {
    const { pdf } = written(1_000);
    const packed = packPdf(pdf);
    expect(packed.includes('5 0 obj\n(open)\nendobj\n')).toBe(true);
    expect(packed.includes('6 0 obj\n<<\n/Seal 5 0 R\n>>\nendobj\n')).toBe(true);
    expect(packed.length).toBeLessThan(pdf.length / 4);
  });

  it('is made of nothing else than a document of pdfkit', () => {
    expect(() => packPdf(Buffer.from('%PDF-1.7\n%%EOF\n'))).toThrow('pdfkit');
  });
});
