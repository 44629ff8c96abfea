import type { Institution } from './institution.js';
import type { InstitutionDto } from './institutions.dto.js';
import { formsOf } from './rights.js';

/** Rights that an institution has by its kind unless others were laid down for it. */
const LAID_DOWN = ['awards', 'registers'] as const;

/** An institution with what it may do, whether by its kind or by what was laid down for it. */
export function toInstitutionDto(institution: Institution, today: string): InstitutionDto {
  const { id, code, kind, tier, parentId, name, region, status } = institution;
  const { awards, registers, recognises, standings } = institution;
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
    laidDown: LAID_DOWN.filter((right) => ({ awards, registers })[right] !== null),
    standings: standings.filter(({ to }) => to === null || to >= today),
  };
}
