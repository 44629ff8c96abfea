import type { Institution } from './institution.js';
import type { InstitutionDto } from './institutions.dto.js';
import { formsOf } from './rights.js';

/** An institution with what it may do, whether by its kind or by what was laid down for it. */
export function toInstitutionDto(institution: Institution, today: string): InstitutionDto {
  const { id, code, kind, tier, parentId, name, region, status } = institution;
  const { recognises, standings } = institution;
  return {
    id,
    code,
    kind,
    tier,
    parentId,
    name,
    region,
    status,
    ...formsOf(institution),
    recognises,
    standings: standings.filter(({ to }) => to === null || to >= today),
  };
}
