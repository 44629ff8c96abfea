import { ApiProperty } from '@nestjs/swagger';

const FINDING_KINDS = [
  'edited',
  'deleted',
  'truncated',
  'inserted',
  'swapped',
  'rewritten',
  'hash-altered',
  'log-altered',
  'signature',
  'seal',
  'report',
] as const;

/** One thing that is wrong, with the first entry that it touches. */
export class AuditFindingDto {
  @ApiProperty({ enum: FINDING_KINDS, example: 'edited' })
  kind: (typeof FINDING_KINDS)[number];

  /**
   * Place in the log, from 0; null for what stands outside it.
   * @example 1041
   */
  index: number | null;

  /**
   * How many entries from there on are touched.
   * @example 1
   */
  count: number;

  /**
   * The entry as it reads now; null when it is gone.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0"
   */
  entryId: string | null;

  /** @example "the entry no longer gives its leaf" */
  detail: string;
}

/** A check of all entries against the public log. */
export class AuditRunDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000009" */
  id: string;

  /** `open`: it waits or runs. `not-done`: it could not be carried out. */
  @ApiProperty({ enum: ['open', 'clean', 'faulty', 'not-done'], example: 'clean' })
  state: 'open' | 'clean' | 'faulty' | 'not-done';

  /**
   * Who asked; null for the check of every day.
   * @example "示范区教育委员会"
   */
  askedByName: string | null;

  /** @example "2026-11-26T09:30:00.000Z" */
  askedAt: Date;

  /** @example "2026-11-26T09:30:01.000Z" */
  startedAt: Date | null;

  /** @example "2026-11-26T09:30:04.000Z" */
  endedAt: Date | null;

  /**
   * Entries that were compared with the log; null while it is open.
   * @example 1200
   */
  entries: number | null;

  /**
   * Entries booked and not in the log yet at that moment.
   * @example 0
   */
  waiting: number | null;

  /** @example 1200 */
  logSize: number | null;

  /**
   * Root of the log as it was checked, base64.
   * @example "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
   */
  logRoot: string | null;

  /**
   * How many things are wrong.
   * @example 0
   */
  found: number | null;

  /** The first fifty of them. */
  findings: AuditFindingDto[];
}

export class AuditRunPageDto {
  items: AuditRunDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMDkiXQ"
   */
  next: string | null;
}
