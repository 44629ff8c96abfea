import type { IssuerInput } from '#libs/credentials';
import { didWeb } from '#libs/credentials';
import type { Language, Text } from '#libs/problems';
import type { Institution } from '../../institutions/index.js';

/** Who signs: an institution, or with null the bank itself. */
export type IssuerId = string | null;

/** An issuer as its credentials name it. */
export interface Issuer {
  readonly id: IssuerId;
  readonly did: string;
  readonly name: Text;
  readonly url: string;
  readonly isActive: boolean;
}

const BANK_NAME: Text = { zh: '学分银行', en: 'Skills credit bank' };

/** Path under which the DID documents of institutions stand. */
export const INSTITUTIONS = 'institutions';

/** @param publicUrl address of the service, without a slash at its end */
export function bankIssuer(publicUrl: string): Issuer {
  const did = didWeb(new URL(publicUrl).host);
  return { id: null, did, name: BANK_NAME, url: publicUrl, isActive: true };
}

export function institutionIssuer(publicUrl: string, institution: Institution): Issuer {
  const { id, code, name, status } = institution;
  return {
    id,
    did: didWeb(new URL(publicUrl).host, INSTITUTIONS, code),
    name,
    url: `${publicUrl}/v1/institutions/${id}`,
    isActive: status === 'active',
  };
}

/** Code of the institution that a DID of this bank names; null for the bank, undefined for others. */
export function codeOfDid(publicUrl: string, did: string): string | null | undefined {
  const bank = didWeb(new URL(publicUrl).host);
  if (did === bank) return null;
  const start = `${bank}:${INSTITUTIONS}:`;
  const code = did.startsWith(start) ? did.slice(start.length) : '';
  // A code is one part of the path; what does not decode is nobody's.
  return /^[A-Za-z0-9._~%-]+$/.test(code) ? decoded(code) : undefined;
}

export function issuerInput({ did, name, url }: Issuer, language: Language): IssuerInput {
  return { did, name: name[language], url };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
