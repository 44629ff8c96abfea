import { type KeyObject, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * An authenticator in software: makes real ES256 keys, attestation "none" and assertions, as
 * WebAuthn level 2 lays them down, with every part open to be made wrong.
 */
export class Authenticator {
  readonly credentialId = randomBytes(32);
  readonly #key: { privateKey: KeyObject; publicKey: KeyObject };
  /** How often it says that it has signed. */
  signCount = 0;
  /** What it says about whose account the key is. */
  userHandle: string | undefined;

  constructor(private readonly origin: string) {
    this.#key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** Answers `navigator.credentials.create`. */
  create(
    { publicKey }: { publicKey: { challenge: string; rp: { id: string }; user: { id: string } } },
    over: Over = {},
  ): object {
    this.userHandle = publicKey.user.id;
    const data = this.#authenticatorData(over.rpId ?? publicKey.rp.id, over, this.#attested());
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', publicKey.challenge, over),
      attestationObject: base64url(
        Buffer.concat([
          map(3),
          text('fmt'),
          text('none'),
          text('attStmt'),
          map(0),
          text('authData'),
          bytes(data),
        ]),
      ),
      transports: ['internal'],
    });
  }

  /** Answers `navigator.credentials.get`. */
  get({ publicKey }: { publicKey: { challenge: string; rpId: string } }, over: Over = {}): object {
    this.signCount = over.signCount ?? this.signCount + 1;
    const clientDataJSON = this.#clientData('webauthn.get', publicKey.challenge, over);
    const data = this.#authenticatorData(over.rpId ?? publicKey.rpId, over);
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const userHandle = over.userHandle ?? this.userHandle;
    return this.#answer({
      clientDataJSON,
      authenticatorData: base64url(data),
      signature: base64url(sign('sha256', signed, this.#key.privateKey)),
      ...(userHandle !== undefined && { userHandle }),
    });
  }

  #answer(response: object): object {
    const id = base64url(this.credentialId);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, over: Over): string {
    const data = {
      type: over.type ?? type,
      challenge: over.challenge ?? challenge,
      origin: over.origin ?? this.origin,
      crossOrigin: false,
    };
    return base64url(Buffer.from(JSON.stringify(data)));
  }

  #authenticatorData(rpId: string, over: Over, attested?: Buffer): Buffer {
    const present = 0x01;
    const verified = over.isVerified === false ? 0 : 0x04;
    const flags = present | verified | (attested ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.signCount);
    return Buffer.concat([
      sha256(Buffer.from(rpId)),
      Buffer.from([flags]),
      count,
      attested ?? Buffer.alloc(0),
    ]);
  }

  /** AAGUID of nobody, the id, and the public key as COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  #attested(): Buffer {
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const key = Buffer.concat([
      map(5),
      Buffer.from([0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      bytes(Buffer.from(y, 'base64url')),
    ]);
    return Buffer.concat([Buffer.alloc(16), length, this.credentialId, key]);
  }
}

/** What a test makes wrong. */
interface Over {
  readonly origin?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly rpId?: string;
  readonly isVerified?: boolean;
  readonly signCount?: number;
  readonly userHandle?: string;
}

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Buffer): string => data.toString('base64url');

/** CBOR of what fits into the short forms. */
const map = (size: number): Buffer => Buffer.from([0xa0 + size]);
const text = (value: string): Buffer => Buffer.from([0x60 + value.length, ...Buffer.from(value)]);
const bytes = (value: Buffer): Buffer =>
  value.length < 256
    ? Buffer.concat([Buffer.from([0x58, value.length]), value])
    : Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 255]), value]);
