import fc from 'fast-check';
import { createPublicKey, verify } from 'node:crypto';
import { newKey, signedHeaders } from './signing.js';
import { DISABLED_AFTER_MS, RETRY_AFTER_MS, judge } from './webhook.js';

const HOUR_MS = 3_600_000;
const AT = new Date('2026-11-26T09:00:00Z');
const at = (ms: number): Date => new Date(AT.getTime() + ms);

describe('what becomes of a delivery', () => {
  it('tried again for over three days, then given up', () => {
    let [now, attempts] = [AT, 0];
    for (;;) {
      const verdict = judge(
        { attempts },
        { failingSince: null },
        { status: 500, attemptedAt: now },
      );
      attempts += 1;
      if (verdict.state === 'given-up') break;
      expect(verdict.state).toBe('waiting');
      expect(verdict.nextAt.getTime()).toBeGreaterThan(now.getTime());
      now = verdict.nextAt;
    }
    expect(attempts).toBe(10);
    expect((now.getTime() - AT.getTime()) / HOUR_MS).toBeGreaterThan(72);
    expect((now.getTime() - AT.getTime()) / HOUR_MS).toBeLessThan(80);
  });

  it('delivered by 2xx and by nothing else; success forgets what failed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.nat(9), (status, attempts) => {
        const verdict = judge({ attempts }, { failingSince: AT }, { status, attemptedAt: at(1) });
        const isSuccess = status >= 200 && status < 300;
        expect(verdict.state === 'delivered').toBe(isSuccess);
        expect(verdict.failingSince === null).toBe(isSuccess);
        if (status === 410) expect(verdict.disable).toBe('gone');
      }),
    );
  });

  it('an endpoint that took nothing for three days is disabled, not before', () => {
    const failed = (ms: number) =>
      judge({ attempts: 0 }, { failingSince: AT }, { status: null, attemptedAt: at(ms) }).disable;
    expect(failed(DISABLED_AFTER_MS - 1)).toBeNull();
    expect(failed(DISABLED_AFTER_MS)).toBe('failing');
  });

  it('what is new waits at most five minutes for an endpoint that fails', () => {
    for (let attempts = 0; attempts <= RETRY_AFTER_MS.length; attempts += 1) {
      const attempt = { status: 503, attemptedAt: AT };
      const { resumeAt } = judge({ attempts }, { failingSince: null }, attempt);
      expect(resumeAt!.getTime() - AT.getTime()).toBeLessThanOrEqual(300_000);
    }
  });
});

describe('a signature', () => {
  const message = { id: 'evt_1', timestamp: AT, body: '{"type":"x"}' };
  /** As a receiver does it, from the text of the standard. */
  const isSigned = (headers: Record<string, string>, body: string, raw: Buffer): boolean => {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    });
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return headers['webhook-signature']!.split(' ').some(
      (one) =>
        one.startsWith('v1a,') &&
        verify(null, Buffer.from(content), key, Buffer.from(one.slice(4), 'base64')),
    );
  };

  it('is checked by either key, and by no other; a changed body, id or time is found', () => {
    const [old, fresh, other] = [newKey(), newKey(), newKey()];
    const headers = signedHeaders(message, [fresh.privateKey, old.privateKey]);
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2);
    for (const { publicKey } of [old, fresh]) {
      expect(isSigned(headers, message.body, publicKey)).toBe(true);
      expect(isSigned(headers, '{"type":"y"}', publicKey)).toBe(false);
      expect(isSigned({ ...headers, 'webhook-id': 'evt_2' }, message.body, publicKey)).toBe(false);
      expect(isSigned({ ...headers, 'webhook-timestamp': '1' }, message.body, publicKey)).toBe(
        false,
      );
    }
    expect(isSigned(headers, message.body, other.publicKey)).toBe(false);
  });
});
