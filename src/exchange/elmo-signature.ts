import { X509Certificate, createPublicKey } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { refusal } from '../platform/http/index.js';
import { sha256 } from '../platform/crypto/index.js';

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const ENVELOPED = `${XMLDSIG}enveloped-signature`;
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const RSA_SHA512 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const SHA512 = 'http://www.w3.org/2001/04/xmlenc#sha512';

/** Shorter keys are broken or soon will be. */
const LEAST_KEY_BITS = 2_048;

/** A file that bears a signature that holds, and nothing of it that the signature does not cover. */
export interface CheckedXml {
  /** The bytes that were signed: read these, not the file. */
  readonly signedXml: string;
  /** SHA-256 of the signer's public key (SPKI), in hex. */
  readonly fingerprint: string;
}

export function fingerprintOf(publicKey: string): string {
  const spki = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return sha256(spki).toString('hex');
}

/** Signs a whole document by an enveloped signature, the last child of its root. */
export function signXml(xml: string, key: { publicKey: string; privateKey: string }): string {
  const signed = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE,
    getKeyInfoContent: () => keyValueOf(key.publicKey),
  });
  signed.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: SHA256,
  });
  signed.computeSignature(xml, { location: { reference: '/*', action: 'append' } });
  return signed.getSignedXml();
}

/**
 * Checks the one signature of a document by the key that it brings; null when it bears none. Refuses
 * with `elmo-signature-wrong` what was changed, and every shape of signature in which something could
 * stand beside what is signed: more than one, not at the end of the root, not over the whole document,
 * other transforms, weak algorithms and keys.
 */
export function checkXml(xml: string): CheckedXml | null {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const root = document.documentElement;
  const found = document.getElementsByTagNameNS(XMLDSIG, 'Signature');
  if (found.length === 0 || !root) return null;
  const signature = found[0] as Element;
  if (found.length > 1 || lastElementOf(root) !== signature) throw wrong('place');
  const publicKey = keyOf(signature);
  const check = new SignedXml({ publicCert: publicKey, getCertFromKeyInfo: () => null });
  try {
    check.loadSignature(signature);
  } catch {
    throw wrong('form');
  }
  requireStrict(check, signature);
  let isRight = false;
  try {
    isRight = check.checkSignature(xml);
  } catch {
    isRight = false;
  }
  const [signedXml] = isRight ? check.getSignedReferences() : [];
  if (signedXml === undefined) throw wrong('content');
  return { signedXml, fingerprint: fingerprintOf(publicKey) };
}

function requireStrict(check: SignedXml, signature: Element): void {
  if (![RSA_SHA256, RSA_SHA512].includes(check.signatureAlgorithm ?? '')) throw wrong('algorithm');
  const references = signature.getElementsByTagNameNS(XMLDSIG, 'Reference');
  const reference = references[0];
  if (references.length !== 1 || !reference || reference.getAttribute('URI') !== '') {
    throw wrong('reference');
  }
  const algorithmsOf = (name: string): string[] =>
    Array.from(reference.getElementsByTagNameNS(XMLDSIG, name)).map(
      (one) => one.getAttribute('Algorithm') ?? '',
    );
  const transforms = algorithmsOf('Transform');
  const canonical = transforms.filter((one) => one !== ENVELOPED);
  const isWhole =
    transforms.filter((one) => one === ENVELOPED).length === 1 &&
    canonical.length <= 1 &&
    canonical.every((one) => one === EXCLUSIVE || one === INCLUSIVE);
  if (!isWhole) throw wrong('transforms');
  if (!algorithmsOf('DigestMethod').every((one) => one === SHA256 || one === SHA512)) {
    throw wrong('algorithm');
  }
}

/** The signer's key as the signature brings it: a certificate, or the two numbers of an RSA key. */
function keyOf(signature: Element): string {
  const textOf = (name: string): string =>
    signature.getElementsByTagNameNS(XMLDSIG, name)[0]?.textContent?.replace(/\s+/g, '') ?? '';
  try {
    const certificate = textOf('X509Certificate');
    const key = certificate
      ? new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
      : createPublicKey({
          format: 'jwk',
          key: { kty: 'RSA', n: toUrl(textOf('Modulus')), e: toUrl(textOf('Exponent')) },
        });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < LEAST_KEY_BITS) throw wrong('key');
    return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw wrong('key');
  }
}

function keyValueOf(publicKey: string): string {
  const { n = '', e = '' } = createPublicKey(publicKey).export({ format: 'jwk' });
  return (
    `<KeyValue><RSAKeyValue><Modulus>${fromUrl(n)}</Modulus>` +
    `<Exponent>${fromUrl(e)}</Exponent></RSAKeyValue></KeyValue>`
  );
}

function toUrl(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url');
}

function fromUrl(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('base64');
}

function lastElementOf(root: Element): Element | undefined {
  return Array.from(root.childNodes)
    .filter((node): node is Element => node.nodeType === 1)
    .at(-1);
}

function wrong(part: string): Error {
  return refusal('elmo-signature-wrong', { part });
}
