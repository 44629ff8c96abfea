import { gzipSync } from 'node:zlib';
import {
  type JsonObject,
  MIN_STATUS_BITS,
  StatusBits,
  openBadge,
  statusListCredential,
  verifyCredential,
} from './index.js';
import {
  BADGE,
  INDEX,
  LIST_URL,
  NOW,
  SCHOOL,
  STRANGER,
  codesOf,
  signed,
  signedBadge,
  statusList,
  world,
} from '../test/support.js';

const DAY_MS = 86_400_000;

describe('its status', () => {
  const revoked = (list: JsonObject | string | undefined, badge: JsonObject) =>
    codesOf(badge, { readStatusList: async () => list });

  it('is revoked when its bit is set, and only then', async () => {
    const badge = await signedBadge();
    expect(await revoked(await statusList([INDEX]), badge)).toMatchObject({
      verdict: 'invalid',
      revoked: 'revoked',
    });
    expect(await revoked(await statusList([INDEX - 1, INDEX + 1]), badge)).toMatchObject({
      verdict: 'valid',
      revoked: 'not-revoked',
    });
  });

  it('is suspended by a list of that purpose', async () => {
    const badge = await signed({
      ...openBadge(BADGE),
      credentialStatus: {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'suspension',
        statusListIndex: String(INDEX),
        statusListCredential: LIST_URL,
      },
    });
    const list = await statusList([INDEX], { purpose: 'suspension' });
    expect(await revoked(list, badge)).toMatchObject({
      verdict: 'invalid',
      revoked: 'status-none',
      suspended: 'suspended',
    });
  });

  it('cannot be said by a list that is not sound', async () => {
    const badge = await signedBadge();
    const why = async (list: JsonObject | string) => {
      const answer = await verifyCredential(badge, world({ readStatusList: async () => list }));
      const line = answer.lines.find(({ line }) => line === 'revoked');
      return line?.code === 'status-unreadable' ? line.params?.['why'] : line?.code;
    };
    const list = await statusList([INDEX]);
    const subject = list['credentialSubject'] as JsonObject;
    expect(
      await why({ ...list, credentialSubject: { ...subject, encodedList: 'uH4sIAAAA' } }),
    ).toBe('signature');
    expect(await why(await statusList([], { issuer: STRANGER.did }))).toBe('signature');
    expect(await why(await statusList([], { purpose: 'suspension' }))).toBe('purpose');
    expect(await why(await statusList([], { url: 'https://bank.example/status/2' }))).toBe('id');
    expect(await why(await statusList([], { validUntil: new Date(NOW.getTime() - DAY_MS) }))).toBe(
      'validity',
    );
    expect(await why(await signedBadge())).toBe('type');
    const strangers = await signed(
      statusListCredential({
        url: LIST_URL,
        issuer: STRANGER.did,
        purpose: 'revocation',
        bits: StatusBits.withSize(MIN_STATUS_BITS),
        validFrom: NOW,
      }),
      'eddsa-rdfc-2022',
      STRANGER,
    );
    expect(await why(strangers)).toBe('issuer');
  });

  it('cannot be said by a list that is too short, or a bomb', async () => {
    const badge = await signedBadge();
    const withBytes = async (bytes: Buffer) => {
      const document = statusListCredential({
        url: LIST_URL,
        issuer: SCHOOL.did,
        purpose: 'revocation',
        bits: StatusBits.withSize(MIN_STATUS_BITS),
        validFrom: NOW,
      });
      const subject = document['credentialSubject'] as JsonObject;
      const encodedList = `u${gzipSync(bytes).toString('base64url')}`;
      return signed({ ...document, credentialSubject: { ...subject, encodedList } });
    };
    const short = await withBytes(Buffer.alloc(MIN_STATUS_BITS / 8 - 1));
    const bomb = await withBytes(Buffer.alloc(64 * 1024 * 1024));
    for (const list of [short, bomb]) {
      expect(await revoked(list, badge)).toMatchObject({
        verdict: 'invalid',
        revoked: 'status-unreadable',
      });
    }
  });

  it('is open when the kind of status is not known', async () => {
    const status = { id: 'https://a.example/1', type: '1EdTechRevocationList' };
    const badge = await signed({ ...openBadge(BADGE), credentialStatus: status });
    expect(await codesOf(badge)).toMatchObject({
      verdict: 'incomplete',
      revoked: 'status-kind-unknown',
    });
  });
});
