import type { RepresentationWithEnd } from '../../access/index.js';
import type { RepresentationDto } from './counter.dto.js';

export function toRepresentationDto(
  one: RepresentationWithEnd,
  isLive: boolean,
): RepresentationDto {
  return {
    id: one.id,
    learnerId: one.learnerId,
    kind: one.kind,
    acts: [...one.acts],
    given: one.given,
    record: one.record,
    recordedBy: one.recordedBy,
    witness: one.witnessId,
    guardianId: one.guardianId,
    beginsAt: one.beginsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    endedAt: one.endedAt?.toISOString() ?? null,
    state: isLive ? 'active' : 'ended',
  };
}
