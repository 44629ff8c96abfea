import type { RuleVersion } from './rule-version.js';
import type { RuleVersionDto } from './rulebook.dto.js';

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
