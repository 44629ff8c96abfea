import fc from 'fast-check';
import { formatShareCode, shareCode } from '#libs/share-code';
import { itxt, pdf, png } from '../test/support.js';
import { crc32 } from './crc32.js';
import {
  MAX_FILE_BYTES,
  MAX_TEXT_BYTES,
  type Unwrapped,
  unwrapFile,
  unwrapText,
} from './unwrap.js';

const CODE = shareCode(12_345_678_901);
const OURS = 'https://bank.example';
const CREDENTIAL =
  '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"物流 & <b>"}';
const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln';

const file = (bytes: Buffer | string): Unwrapped => unwrapFile(Buffer.from(bytes as string), OURS);
const fault = (bytes: Buffer | string): string => {
  const found = file(bytes);
  return found.ok ? `found ${found.kind}` : found.fault;
};
const holds = (wrapping: string, credential: string | null = CREDENTIAL) => ({
  ok: true,
  kind: 'document',
  wrapping,
  credential,
});

describe('text', () => {
  it('is a code, a link to one, JSON, a JWT or an SVG', () => {
    for (const text of [
      formatShareCode(CODE),
      CODE.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
      `${OURS}/verify/${CODE}`,
    ]) {
      expect(unwrapText(text, OURS)).toEqual({ ok: true, kind: 'code', code: CODE });
    }
    expect(unwrapText(`\uFEFF ${CREDENTIAL}\n`, OURS)).toEqual(holds('json'));
    expect(unwrapText(` ${JWT} `, OURS)).toEqual(holds('jwt', JWT));
    expect(file(CREDENTIAL)).toEqual(holds('json'));
  });

  it.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['hello', 'unknown-kind'],
    ['0'.repeat(12), 'code-digits'],
    ['https://other.example/verify/123456789018', 'foreign-link'],
    ['https://bank.example.evil.example/verify/123456789018', 'foreign-link'],
    ['http://bank.example/verify/123456789018', 'foreign-link'],
    ['https://', 'foreign-link'],
    ['https://bank.example/elsewhere', 'unknown-kind'],
  ])('%j is %s', (text, expected) => {
    expect(unwrapText(text, OURS)).toEqual({ ok: false, fault: expected });
  });

  it('is not looked at beyond 8 MiB', () => {
    const long = 'a'.repeat(MAX_FILE_BYTES + 1);
    expect(unwrapText(long, OURS)).toEqual({ ok: false, fault: 'too-large' });
    expect(fault(long)).toBe('too-large');
  });
});

describe('a baked PNG', () => {
  it('gives its credential, packed or not, JSON or JWT', () => {
    expect(file(png(itxt(CREDENTIAL)))).toEqual(holds('png'));
    expect(file(png(itxt(CREDENTIAL, true)))).toEqual(holds('png'));
    expect(file(png(itxt(JWT), itxt('x', false, 'Comment')))).toEqual(holds('png', JWT));
  });

  it('is refused by name when it is a bomb, cut off, changed, empty or double', () => {
    expect(fault(png(itxt(Buffer.alloc(MAX_TEXT_BYTES + 1), true)))).toBe('too-large');
    expect(fault(png())).toBe('without-credential');
    expect(fault(png(itxt('hello')))).toBe('without-credential');
    expect(fault(png(itxt(CREDENTIAL), itxt(JWT)))).toBe('several-credentials');
    const whole = png(itxt(CREDENTIAL, true));
    for (let end = 9; end < whole.length; end += 1)
      expect(fault(whole.subarray(0, end))).toBe('damaged');
    for (let at = 8; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(file(changed)).toMatchObject({ ok: false });
    }
  });

  it('knows the checksum of PNG', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(Buffer.from('IEND'))).toBe(0xae426082);
  });
});

describe('a baked SVG', () => {
  const svg = (inner: string, head = '') =>
    `${head}<svg xmlns="http://www.w3.org/2000/svg"><title>x &lt; y</title>${inner}</svg>`;
  const open = '<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">';
  const escaped = CREDENTIAL.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

  it('gives its credential: character data, CDATA, attribute, another prefix', () => {
    const head = '<?xml version="1.0"?>\n<!-- a > b < c -->\n';
    expect(file(svg(`${open}<![CDATA[${CREDENTIAL}]]></openbadges:credential>`, head))).toEqual(
      holds('svg'),
    );
    expect(file(svg(`${open}\n${escaped}\n</openbadges:credential>`))).toEqual(holds('svg'));
    const jwt = `<ob:credential xmlns:ob='https://purl.imsglobal.org/spec/ob/v3p0/x' verify='${JWT}'/>`;
    expect(file(svg(jwt))).toEqual(holds('svg', JWT));
  });

  it('is refused by name when it declares entities, is cut off, holds none or two', () => {
    const bomb = '<!DOCTYPE svg [<!ENTITY a "&b;&b;"><!ENTITY b "xx">]>';
    expect(fault(svg('', `<?xml version="1.0"?>${bomb}`))).toBe('damaged');
    expect(fault(svg(`${open}${escaped}`))).toBe('damaged');
    expect(fault(`<svg a="${'x'.repeat(100)}`)).toBe('damaged');
    expect(fault(svg(''))).toBe('without-credential');
    expect(fault(svg('<other:credential>{"@context":1}</other:credential>'))).toBe(
      'without-credential',
    );
    const one = `${open}${escaped}</openbadges:credential>`;
    expect(fault(svg(one + one))).toBe('several-credentials');
  });

  it('takes time in proportion to its length', () => {
    const startMs = cpuMs();
    for (const part of ['<a', '<a b="', '<!--', '<![CDATA[', ' xmlns:', '&#x', '<a ']) {
      file(`<svg>${part.repeat(500_000 / part.length)}`);
    }
    expect(cpuMs() - startMs).toBeLessThan(5_000);
  });
});

describe('a PDF', () => {
  it('gives the credential that is embedded, beside other files, and says when there is none', () => {
    expect(file(pdf(CREDENTIAL))).toEqual(holds('pdf'));
    expect(file(pdf('readme', Buffer.from([0xff, 0xfe]), CREDENTIAL))).toEqual(holds('pdf'));
    expect(file(pdf())).toEqual(holds('pdf', null));
  });

  it('is refused by name when it is a bomb, encrypted, damaged or ambiguous', () => {
    expect(fault(pdf(Buffer.alloc(MAX_TEXT_BYTES + 1)))).toBe('too-large');
    expect(fault(pdf(CREDENTIAL, CREDENTIAL.replace('name', 'nome')))).toBe('several-credentials');
    expect(fault(pdf(...Array.from({ length: 17 }, () => 'x')))).toBe('several-credentials');
    expect(fault(Buffer.concat([pdf(CREDENTIAL), Buffer.from('trailer <</Encrypt 9 0 R>>')]))).toBe(
      'encrypted',
    );
    const changed = pdf(CREDENTIAL);
    const at = changed.indexOf('stream\n') + 12;
    changed.fill(0xff, at, at + 4);
    expect(fault(changed)).toBe('damaged');
  });

  it('takes time in proportion to its length', () => {
    const startMs = cpuMs();
    for (const part of [
      '/EmbeddedFile ',
      '/EmbeddedFile/Filter[',
      ' obj',
      'stream\n',
      '/Encrypt ',
    ]) {
      file(`%PDF-1.7\n${part.repeat(MAX_FILE_BYTES / part.length / 2)}`);
    }
    expect(cpuMs() - startMs).toBeLessThan(5_000);
  });
});

describe('anything else', () => {
  it.each([
    ['504b0304', 'archive'],
    ['1f8b0800', 'archive'],
    ['377abcaf271c', 'archive'],
    ['ffd8ffe0', 'picture'],
    ['4749463839', 'picture'],
    ['524946460000000057454250', 'picture'],
    ['0001fffe', 'unknown-kind'],
    ['', 'empty'],
  ])('%s is %s', (hex, expected) => {
    expect(fault(Buffer.from(hex, 'hex'))).toBe(expected);
  });

  it('never throws, whatever it is handed', () => {
    const heads = ['', '89504e470d0a1a0a', '255044462d', '3c737667', '7b'].map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        expect(typeof file(Buffer.concat([head, rest])).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof unwrapText(text, OURS).ok).toBe('boolean');
      }),
    );
  });
});

/** Time of this process alone: what else the machine does is not counted. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
