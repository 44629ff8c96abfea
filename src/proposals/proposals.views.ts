import { type Proposal, stateOf } from './proposal.js';
import type { ProposalDto } from './proposals.dto.js';

/** A proposal in the words of the API. */
export function toProposalDto(proposal: Proposal, now: Date): ProposalDto {
  return {
    id: proposal.id,
    institutionId: proposal.institutionId,
    kind: proposal.kind,
    subjectId: proposal.subjectId,
    state: stateOf(proposal, now),
    why: [...proposal.why],
    summary: { ...proposal.summary },
    digest: proposal.digest.toString('hex'),
    reason: proposal.reason,
    proposedBy: proposal.proposedBy,
    proposedByName: proposal.proposedByName,
    proposedAt: proposal.proposedAt,
    expiresAt: proposal.expiresAt,
    decidedBy: proposal.decidedBy,
    decidedByName: proposal.decidedByName,
    decidedAt: proposal.decidedAt,
    decisionReason: proposal.decisionReason,
    resultId: proposal.resultId,
  };
}
