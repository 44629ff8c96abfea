import { IsString, Length, Matches } from 'class-validator';

const SIZE = /^(0|[1-9]\d{0,14})$/;
const NOT_A_SIZE = 'use a number of entries, without signs or leading zeros';

/** Who signs the log. */
export class LogKeyDto {
  /**
   * The log's name, the first line of every checkpoint.
   * @example "bank.example/v1/log"
   */
  origin: string;

  /**
   * The key that checks its signatures (C2SP signed-note).
   * @example "bank.example/v1/log+1b2c3d4e+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
   */
  key: string;

  /**
   * Keys of the second parties whose cosignatures it takes in.
   * @example ["school.example/witness+8d66cf3f+BJS0f9pDpkqLr6M3SXNlRQLVDuM8SLXh9KMa4R5kFQlW"]
   */
  witnesses: string[];
}

/** What the newest checkpoint says. */
export class LogHeadDto {
  /** @example "bank.example/v1/log" */
  origin: string;

  /**
   * Entries in the log.
   * @example 1200
   */
  size: number;

  /**
   * Root of their tree, base64.
   * @example "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
   */
  root: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  signedAt: string;
}

export class ConsistencyQuery {
  /**
   * Size of the older tree.
   * @example "1000"
   */
  @Matches(SIZE, { message: NOT_A_SIZE })
  from: string;

  /**
   * Size of the newer tree.
   * @example "1200"
   */
  @Matches(SIZE, { message: NOT_A_SIZE })
  to: string;
}

/** That the newer tree only adds to the older (RFC 6962, 2.1.2). */
export class ConsistencyProofDto {
  /** @example 1000 */
  from: number;

  /** @example 1200 */
  to: number;

  /**
   * SHA-256 hashes in base64, in the order of the RFC.
   * @example ["ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="]
   */
  hashes: string[];
}

/** That the log holds an entry (RFC 6962, 2.1.1). */
export class EntryProofDto {
  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0" */
  entryId: string;

  /**
   * Its place in the log, from 0.
   * @example 1041
   */
  index: number;

  /**
   * Size of the tree that the proof leads to.
   * @example 1200
   */
  size: number;

  /**
   * SHA-256 over the entry in full as the books have it now, hex: what the log holds for it.
   * @example "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
   */
  digest: string;

  /**
   * The leaf hash of the digest, hex; the same as in the receipt.
   * @example "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
   */
  leaf: string;

  /**
   * SHA-256 hashes in base64, from the leaf's neighbour up to the root.
   * @example ["ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="]
   */
  hashes: string[];

  /**
   * The signed checkpoint that the proof leads to.
   * @example "bank.example/v1/log\n1200\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— bank.example/v1/log Az3grlgtzPICa5OS8npVmf1Myq/5IZni…\n"
   */
  checkpoint: string;

  /**
   * Index, hashes and checkpoint as one text (C2SP tlog-proof): keep it as `<id>.tlog-proof`, and
   * the entry can be proven without this service.
   * @example "c2sp.org/tlog-proof@v1\nindex 1041\nux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo=\n\nbank.example/v1/log\n1200\n…"
   */
  file: string;
}

/** A checkpoint of this log with one signature more. */
export class CosignatureDto {
  /**
   * The checkpoint as it was served, with the witness's line (C2SP cosignature/v1) at the end.
   * @example "bank.example/v1/log\n1200\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— bank.example/v1/log Az3grlgt…\n— school.example/witness jWbPPwAA…\n"
   */
  @IsString()
  @Length(1, 20_000)
  checkpoint: string;
}

export class AcceptedCosignatureDto {
  /** @example "school.example/witness" */
  witness: string;

  /**
   * Size of the checkpoint.
   * @example 1200
   */
  size: number;

  /**
   * When the witness says it saw the checkpoint.
   * @example "2026-11-23T09:30:00.000Z"
   */
  cosignedAt: string;
}

export class AcceptedCosignaturesDto {
  accepted: AcceptedCosignatureDto[];
}
