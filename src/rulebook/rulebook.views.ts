import type { RuleVersion } from './rule-version.js';
import type { RuleVersionDto } from './rulebook.dto.js';

/** Where a version stands on a day: it governs, it is still to come, or it is over. */
export type VersionState = 'in-force' | 'scheduled' | 'ended';

export function stateOf(
  { inForceFrom, inForceTo }: Pick<RuleVersion, 'inForceFrom' | 'inForceTo'>,
  today: string,
): VersionState {
  // A version corrected on its first day ends before it began: it never governed.
  if (inForceTo !== null && (inForceTo < today || inForceTo < inForceFrom)) return 'ended';
  return inForceFrom > today ? 'scheduled' : 'in-force';
}

/** A published version in the words of the API. */
export function toVersionDto(version: RuleVersion): RuleVersionDto {
  return {
    id: version.regulationId,
    version: version.version,
    hash: version.hash,
    title: version.title,
    programme: version.programme,
    inForceFrom: version.inForceFrom,
    inForceTo: version.inForceTo,
    publishedAt: version.publishedAt.toISOString(),
  };
}
