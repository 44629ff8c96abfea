import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** A key pair as it is stored and shown. */
export interface FreshKey {
  /** Raw, 32 bytes. */
  readonly publicKey: Buffer;
  /** PKCS #8, DER. */
  readonly privateKey: Buffer;
}

const RAW_BYTES = 32;

export function newKey(): FreshKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { publicKey: publicKey.subarray(publicKey.length - RAW_BYTES), privateKey };
}

/** As Standard Webhooks writes public keys. */
export function formatPublicKey(publicKey: Buffer): string {
  return `whpk_${publicKey.toString('base64')}`;
}

/**
 * The headers of a message (Standard Webhooks, `v1a`: Ed25519 over `id.timestamp.body`), with a
 * signature of each key, so that a receiver that knows either can check it.
 */
export function signedHeaders(
  { id, timestamp, body }: { id: string; timestamp: Date; body: string },
  privateKeys: readonly Buffer[],
): Record<string, string> {
  const seconds = String(Math.floor(timestamp.getTime() / 1000));
  const content = Buffer.from(`${id}.${seconds}.${body}`);
  const signatures = privateKeys.map((key) => {
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return `v1a,${sign(null, content, privateKey).toString('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'user-agent': 'skills-credit-bank-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  };
}
