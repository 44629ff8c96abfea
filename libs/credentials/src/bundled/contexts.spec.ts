import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXTS_FOR_SUITES, CREDENTIALS_V1, CREDENTIALS_V2, PUBLISHED_SHA256, PUBLISHED_SHA384 } from './contexts.js';

const read = (name: string) => readFileSync(join(__dirname, 'contexts', name));

/** A changed context changes the meaning of every signed document. */
const PINNED: Record<string, string> = {
  'clr-2.0.1.json': '880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6',
  'credentials-examples-v2.json':
    '57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c',
  'credentials-v1.json': 'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc',
  'credentials-v2.json': '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
  'data-integrity-v1.json': 'b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554',
  'data-integrity-v2.json': '0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363',
  'multikey-v1.json': '8e6bad2e5b4f0721906a4dcc2f7a894b1215cf9a47014c71e286423860642ff0',
  'ob-3.0.1.json': 'af095468326d3449160509b26ca71576e6321d13c85b0369cfe3b654c9a48fba',
  'ob-3.0.2.json': '00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53',
  'ob-3.0.3.json': 'ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761',
  'ob-extensions.json': '2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e',
  'status-v1.json': 'fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c',
};

it('bundled contexts are the published ones', () => {
  const digests = readdirSync(join(__dirname, 'contexts')).map((name) => [
    name,
    createHash('sha256').update(read(name)).digest('hex'),
  ]);
  expect(Object.fromEntries(digests)).toEqual(PINNED);
  expect(CONTEXTS_FOR_SUITES.known.size).toBe(Object.keys(PINNED).length);
});

it('digests for related resources are those of the files', () => {
  for (const [url, name] of [
    [CREDENTIALS_V1, 'credentials-v1.json'],
    [CREDENTIALS_V2, 'credentials-v2.json'],
  ] as const) {
    expect(PUBLISHED_SHA256.get(url)).toBe(PINNED[name]);
    expect(PUBLISHED_SHA384.get(url)).toBe(
      createHash('sha384').update(read(name)).digest('base64'),
    );
  }
});
