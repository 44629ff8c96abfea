import type { AccessEntryDto } from './access-log.dto.js';
import type { AccessLine } from './access-log.store.js';

export function toAccessDto(line: AccessLine): AccessEntryDto {
  return {
    seq: line.seq,
    at: line.recordedAt.toISOString(),
    by: line.readerKind ?? 'public',
    reader: line.readerKind === null ? null : line.reader,
    office: line.institution,
    purpose: line.purpose,
    fields: line.fields,
    ground: line.ground,
    reference: line.reference,
  };
}
