import type { AuditRun } from './audit-run.js';
import type { AuditRunDto } from './audits.dto.js';

/** A check of the books in the words of the API. */
export function toAuditRunDto({ result, ...run }: AuditRun): AuditRunDto {
  return {
    id: run.id,
    state: result?.outcome ?? 'open',
    askedByName: run.askedByName,
    askedAt: run.askedAt,
    startedAt: result?.startedAt ?? null,
    endedAt: result?.endedAt ?? null,
    entries: result?.entries ?? null,
    waiting: result?.waiting ?? null,
    logSize: result?.logSize ?? null,
    logRoot: result?.logRoot?.toString('base64') ?? null,
    found: result?.found ?? null,
    findings: (result?.findings ?? []).map(({ kind, index, count, entryId, detail }) => ({
      kind,
      index,
      count,
      entryId,
      detail,
    })),
  };
}
