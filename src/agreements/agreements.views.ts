import { formatCredits } from '#libs/credit';
import type { Institution } from '../institutions/index.js';
import { type SignedAgreement, endOf, hasAccepted, stateOf } from './agreement.js';
import type { SignedAgreementDto, SignedPartyDto } from './agreements.dto.js';

interface Known {
  readonly institutions: ReadonlyMap<string, Institution>;
  /** Thousandths of a credit, by institution; null where there is no quota. */
  readonly left: ReadonlyMap<string, bigint | null>;
  readonly today: string;
}

export function toSignedAgreementDto(agreement: SignedAgreement, known: Known): SignedAgreementDto {
  const { code, title, basis, from, to, forms, levels, programmes, parties } = agreement;
  return {
    code,
    title,
    basis,
    state: stateOf(agreement, known.today),
    from,
    to,
    endsOn: endOf(agreement),
    forms,
    levels,
    programmes,
    parties: parties
      .map((party) => toPartyDto(agreement, party, known))
      .sort((a, b) => (a.institution < b.institution ? -1 : 1)),
  };
}

function toPartyDto(
  agreement: SignedAgreement,
  party: SignedAgreement['parties'][number],
  { institutions, left }: Known,
): SignedPartyDto {
  const { institutionId, isWithMembers: withMembers, accepts, quota, quotaPer } = party;
  const quotaLeft = left.get(institutionId) ?? null;
  const institution = institutions.get(institutionId);
  if (!institution) throw new Error(`no institution ${institutionId}`);
  const hasRefused = agreement.events.some(
    (event) => event.institutionId === institutionId && event.action === 'refused',
  );
  const said = hasAccepted(agreement, institutionId) ? 'accepted' : null;
  return {
    institution: institution.code,
    institutionName: institution.name,
    withMembers,
    accepts: formatCredits(accepts),
    quota: quota === null ? null : formatCredits(quota),
    quotaPer,
    quotaLeft: quotaLeft === null ? null : formatCredits(quotaLeft),
    said: hasRefused ? 'refused' : said,
  };
}
