import { printPaper } from '../../platform/paper/index.js';
import { describePaper, readPaper } from '../../../test/support/papers.js';
import { sampleProof } from '../../../test/support/transcripts.js';
import { type TranscriptParts, transcriptOf } from './transcript.js';

const MOST_BYTES = 200_000;
const link = 'https://bank.example/verify/123456789012';
const credential = {
  name: 'credential.json',
  mediaType: 'application/vc',
  description: 'signed',
  bytes: Buffer.from('{"type":["VerifiableCredential"]}'),
};

function print(over: Partial<TranscriptParts> = {}): Promise<Buffer> {
  const parts = { code: '1234 5678 9012', link, hasPin: false, second: 'en', attachments: [] };
  return printPaper(transcriptOf({ proof: sampleProof(), ...parts, ...over } as TranscriptParts));
}

describe('a transcript', () => {
  it('is the same bytes for the same record and moment', async () => {
    expect(await print()).toEqual(await print());
  });

  it.each([0, 8, 40])('of %i outcomes is under 200 KB', async (outcomes) => {
    const pdf = await print({ proof: sampleProof({ outcomes }), attachments: [credential] });
    expect(pdf.length).toBeLessThan(MOST_BYTES);
  });

  it('claims PDF/A-3a and PDF/UA-1, and has a language', async () => {
    const text = (await print()).toString('latin1');
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(text).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(text).toContain('/Lang (zh-CN)');
  });
});

describePaper('a transcript read by others (needs poppler-utils and zbar-tools)', () => {
  it('says who, what, how much and how to check it, in both languages', async () => {
    const { text, codes, isTagged } = readPaper(await print({ attachments: [credential] }));
    const words = text.replace(/\s+/g, ' ');
    for (const said of [
      '学习成果证明 Record of learning outcomes',
      '1234 5678 9012',
      '王小明',
      '5001**********1234',
      '报考渝城职业学院 2027',
      '2026-11-24 10:10 (UTC+8)',
      '物流基础 2',
      'Logistics basics 2',
      'SVS-LOG-102',
      '沙坪坝区职业教育中心',
      '2026-03-15',
      '已转换 Converted',
      'yucheng/logistics/2026 v1',
      '40.5',
      '怎样查验 How to check this',
      'W3C Verifiable Credentials 2.0',
    ]) {
      expect(words).toContain(said);
    }
    expect(codes).toEqual([link]);
    expect(isTagged).toBe(true);
  });

  it('carries the credential byte for byte', async () => {
    const { files } = readPaper(await print({ attachments: [credential] }));
    expect(files).toEqual(new Map([['credential.json', credential.bytes]]));
  });

  it('prints rare names, and the code point of what no font has', async () => {
    const proof = sampleProof({ name: '㐀㛃䶮𠮷𬱖·买买提😀' });
    const { text } = readPaper(await print({ proof }));
    expect(text).toContain('㐀㛃䶮[U+20BB7]𬱖·买买提[U+1F600]');
  });

  it('speaks Thai beside Chinese, and asks for the PIN', async () => {
    const { text } = readPaper(await print({ second: 'th', hasPin: true }));
    // Marks above letters come out as characters of their own.
    expect(text.replace(/\s/g, '')).toContain('ใบแสดงผลการเรียนรู้');
    expect(text).toContain('口令（PIN）');
    expect(text).not.toContain('[U+');
  });

  it('numbers its pages, with the QR code on each', async () => {
    const { text, pages, codes } = readPaper(await print({ proof: sampleProof({ outcomes: 40 }) }));
    expect(pages).toBeGreaterThan(2);
    for (let page = 1; page <= pages; page += 1) expect(text).toContain(`${page}/${pages}`);
    expect(codes).toEqual([link]);
  });

  it('of an empty account says so', async () => {
    const proof = sampleProof({ outcomes: 0, name: null, receiver: null });
    const { text } = readPaper(await print({ proof }));
    expect(text).toContain('账户中没有学习成果。');
    expect(text).toContain('登记机构未提供');
    expect(text).not.toContain('creditbank verify');
  });
});
