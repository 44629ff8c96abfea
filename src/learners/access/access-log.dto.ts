/** An office that read. */
export class AccessOfficeDto {
  /** @example "SPB-VEC" */
  code: string;

  /** @example "沙坪坝职业教育中心" */
  zh: string;

  /** @example "Shapingba Vocational Education Centre" */
  en: string;
}

/** One read of the learner's data by somebody else. */
export class AccessEntryDto {
  /**
   * Counts the lines of this learner from 1; none is missing.
   * @example 12
   */
  seq: number;

  /** @example "2026-11-24T02:10:00.000Z" */
  at: string;

  /** A member of staff, a system with a key, the guardian, or whoever held a code. */
  by: 'staff' | 'key' | 'guardian' | 'public';

  /**
   * Id of the account or key; null for whoever held a code.
   * @example "01a2e7c0-5b7e-7000-8000-000000000002"
   */
  reader: string | null;

  /** Null for people without an institution. */
  office: AccessOfficeDto | null;

  /** @example "counter-search" */
  purpose: string;

  /** @example ["name", "documents"] */
  fields: string[];

  /**
   * The right it rests on; `file`: the office had sent it itself; `none`: somebody asked without one,
   * and nothing was shown.
   */
  ground:
    | 'roster'
    | 'oversight'
    | 'application'
    | 'consent'
    | 'share'
    | 'file'
    | 'counter'
    | 'guardian'
    | 'query'
    | 'pathway'
    | 'none';

  /**
   * The consent, share, application, file, counter session, guardianship, query or pathway.
   * @example "01a2e7c0-5b7e-7000-8000-000000000081"
   */
  reference: string | null;
}

export class AccessLogPageDto {
  items: AccessEntryDto[];

  /**
   * Where the next page begins; null at the end.
   * @example "WyIxMiJd"
   */
  next: string | null;
}
