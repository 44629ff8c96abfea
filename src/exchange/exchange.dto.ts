import { IsIn, IsOptional } from 'class-validator';

export class ExchangeQuery {
  /**
   * `full`: with the whole numbers of the documents, for the learner alone; others get none.
   * @example "none"
   */
  @IsOptional()
  @IsIn(['none', 'full'])
  documents?: 'none' | 'full';
}

export class ExchangeNamedDto {
  /** @example "SPB-VEC" */
  code: string;

  /** @example "沙坪坝职业教育中心" */
  zh: string;

  /** @example "Shapingba Vocational Education Centre" */
  en: string;
}

export class ExchangeIdentityDto {
  /** @example "resident-id" */
  kind: string;

  /** @example "500106200509124320" */
  number: string;
}

export class ExchangeLearnerDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  id: string;

  /** @example "张三" */
  name: string | null;

  documents: ExchangeIdentityDto[];

  /** @example "2005-09-12" */
  birthDate: string | null;
}

export class ExchangeOutcomeDto extends ExchangeNamedDto {
  /** @example "degree-course" */
  kind: string;

  /** @example "major-basic" */
  category: string;
}

/** One outcome as its institution stated it; null where nobody knows. */
export class ExchangeRecordDto {
  /** @example "2026-LOG-000123" */
  externalId: string;

  institution: ExchangeNamedDto;

  outcome: ExchangeOutcomeDto;

  /** @example "2026-03-01" */
  startedOn: string | null;

  /** @example "2026-06-30" */
  completedOn: string;

  /** @example "85" */
  grade: string | null;

  /** @example "percent" */
  gradeScale: string | null;

  /** @example "中级" */
  level: string | null;

  /** @example "x-cert" */
  levelScale: string | null;

  /** @example "72" */
  hours: string | null;

  /** @example "4" */
  credits: string | null;

  /** @example "92.5" */
  attendancePercent: string | null;

  /** @example "available" */
  state: 'available' | 'held' | 'used' | 'expired' | 'registered';

  /** @example "below-pass-grade" */
  noCreditReason: string | null;
}

/** A learner's record in the open exchange format (docs/exchange-format.md). */
export class ExchangeDocumentDto {
  /** @example "credit-bank-exchange/1" */
  format: 'credit-bank-exchange/1';

  /** @example "2026-11-23T09:30:00.000Z" */
  issuedAt: string;

  /** The bank that issued it. */
  source: ExchangeNamedDto;

  learner: ExchangeLearnerDto;

  records: ExchangeRecordDto[];
}

export class SigningKeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000009" */
  id: string;

  /**
   * SPKI in PEM.
   * @example "-----BEGIN PUBLIC KEY-----\nMIIBojANBgkqhkiG9w0BAQEFAAOCAY8A\n-----END PUBLIC KEY-----\n"
   */
  publicKey: string;

  /**
   * SHA-256 of the SPKI, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  fingerprint: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /**
   * What it signed before stays signed.
   * @example "2027-11-23T09:30:00.000Z"
   */
  retiredAt: string | null;
}

export class SigningKeysDto {
  items: SigningKeyDto[];
}

export class ElmoIdentifierDto {
  /** @example "nationalIdentifier" */
  type: string;

  /** @example "500106200509124320" */
  value: string;
}

export class ElmoTitleDto {
  /** @example "物流基础" */
  zh: string;

  /** @example "Logistics basics" */
  en: string;
}

export class ElmoSignatureDto {
  /**
   * `this-bank`: signed here, and unchanged. `unknown-signer`: unchanged since somebody signed it whose
   * key the file itself brings; who that is you have to find out. `unsigned`: anybody may have written it.
   * A file that was changed after it was signed is refused.
   * @example "this-bank"
   */
  state: 'this-bank' | 'unknown-signer' | 'unsigned';

  /**
   * SHA-256 of the signer's public key (SPKI), in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  keyFingerprint: string | null;
}

export class ElmoCreditDto {
  /** @example "ects" */
  scheme: string | null;

  /** @example "7.5" */
  value: string | null;
}

export class ElmoLevelDto {
  /** @example "EQF" */
  type: string | null;

  /** @example "6" */
  value: string | null;
}

/** What a file says somebody has learned. It is a claim: nothing of it is credit here. */
export class ElmoClaimDto {
  /**
   * Titles from the programme down to this.
   * @example ["物流管理", "物流基础"]
   */
  path: string[];

  title: ElmoTitleDto;

  identifiers: ElmoIdentifierDto[];

  /** @example "Course" */
  type: string | null;

  /** @example "2026-03-01" */
  startedOn: string | null;

  /** @example "2026-06-30" */
  completedOn: string | null;

  /** @example "passed" */
  status: 'passed' | 'failed' | 'in-progress';

  /** @example "85" */
  grade: string | null;

  /** @example "percent" */
  gradeScale: string | null;

  credits: ElmoCreditDto[];

  levels: ElmoLevelDto[];

  /** @example "72" */
  hours: string | null;

  /**
   * What a credit bank adds to ELMO, when one wrote the file.
   * @example { "state": "available" }
   */
  extension: Record<string, string>;
}

export class ElmoIssuerDto {
  /** @example "CN" */
  country: string | null;

  identifiers: ElmoIdentifierDto[];

  title: ElmoTitleDto;

  /** @example "https://bank.example" */
  url: string | null;
}

export class ElmoReportDto {
  issuer: ElmoIssuerDto;

  /** @example "2026-11-23T09:30:00.000Z" */
  issuedAt: string | null;

  claims: ElmoClaimDto[];
}

export class ElmoLearnerDto {
  /** @example "张三" */
  name: string | null;

  /** @example "2005-09-12" */
  birthDate: string | null;

  identifiers: ElmoIdentifierDto[];
}

export class ElmoDoubtDto {
  /** A course and the programme around it both carry credit: counted together it counts twice. */
  code: 'credit-in-parent-and-part';

  /** @example "物流管理 / 物流基础" */
  at: string;
}

/** What an ELMO file says. Nothing of it is kept. */
export class ElmoReadingDto {
  signature: ElmoSignatureDto;

  /** @example "2026-11-23T09:30:00.000Z" */
  generatedAt: string | null;

  learner: ElmoLearnerDto;

  reports: ElmoReportDto[];

  doubts: ElmoDoubtDto[];
}
