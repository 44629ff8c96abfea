import { ACCOUNTS, type Account, ENTRY_KINDS, type EntryKind } from '#libs/double-entry';
import { BALANCE_PROOF_FORMAT, RECEIPT_FORMAT } from '#libs/proofs';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { SealDto } from '../seals/index.js';

/** An entry with all that its digest covers, its place in the log and its way to the root. */
export class ProvenEntryDto {
  /**
   * Its place in the log, from 0.
   * @example 1041
   */
  index: number;

  /**
   * Places in `hashes`, from the leaf's neighbour up to the root.
   * @example [0, 1, 2]
   */
  @ApiProperty({ type: [Number] })
  path: readonly number[];

  /** @example "0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e" */
  postingId: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;

  /**
   * Id of the account, key or service that acted.
   * @example "0199c2a4-0000-7c33-8d21-6f0a9b3c4d5e"
   */
  actor: string;

  /** @example "0199c2a4-1111-7c33-8d21-6f0a9b3c4d5e" */
  institutionId: string | null;

  /** @example "0199c2a4-2222-7c33-8d21-6f0a9b3c4d5e" */
  learnerId: string;

  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  lotId: string;

  /**
   * 0 is the deposit; each later movement of the lot takes the next number.
   * @example 0
   */
  lotSeq: number;

  @ApiProperty({ enum: ENTRY_KINDS, example: 'deposit' })
  kind: EntryKind;

  @ApiProperty({ enum: ACCOUNTS, example: 'issuer' })
  from: Account;

  @ApiProperty({ enum: ACCOUNTS, example: 'available' })
  to: Account;

  /** @example "4" */
  amount: string;

  /** @example "4" */
  availableAfter: string;

  /** @example "0" */
  heldAfter: string;

  /** The earlier entry of the lot that this one settles or corrects. */
  @ApiProperty({ type: Number, nullable: true, example: null })
  settlesSeq: number | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  reference: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  programme: string | null;

  /** @example 1 */
  categoryId: number;

  /** @example "0199c2a4-1111-7c33-8d21-6f0a9b3c4d5e" */
  issuerId: string;

  /** @example "2026-06-30" */
  occurredOn: string;

  /** @example "2033-06-30" */
  expiresOn: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  ruleHash: string | null;

  /** @example "9a6f1d0f6f3f0c1e7c0b8f4f5a4d3c2b1a0918273645546372819fae0db1c2d3" */
  commitment: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  reason: string | null;
}

/** What every file of proofs has: entries, their way to the root, and the root as it was signed. */
export class SignedEntriesDto {
  /**
   * The log's public key. Compare it with the one that the bank publishes elsewhere.
   * @example "bank.example/v1/log+1b2c3d4e+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
   */
  key: string;

  /**
   * Keys of the witnesses whose signatures the file carries.
   * @example ["school.example/witness+8d66cf3f+BJS0f9pDpkqLr6M3SXNlRQLVDuM8SLXh9KMa4R5kFQlW"]
   */
  @ApiProperty({ type: [String] })
  witnesses: readonly string[];

  /** In the order of the log. */
  @ApiProperty({ type: [ProvenEntryDto] })
  entries: readonly ProvenEntryDto[];

  /**
   * SHA-256 hashes in base64 to which the paths of the entries lead.
   * @example ["ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="]
   */
  @ApiProperty({ type: [String] })
  hashes: readonly string[];

  /**
   * The signed checkpoint that the proofs lead to (C2SP tlog-checkpoint).
   * @example "bank.example/v1/log\n1200\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— bank.example/v1/log Az3grlgtzPICa5OS8npVmf1Myq/5IZni…\n"
   */
  checkpoint: string;
}

/** A receipt that stands alone; its JSON Schema is docs/schemas/receipt-1.schema.json. */
export class ReceiptFileDto extends SignedEntriesDto {
  @ApiProperty({ enum: [RECEIPT_FORMAT], example: RECEIPT_FORMAT })
  format: typeof RECEIPT_FORMAT;
}

const MOST_ACCOUNTS = 100;

export class BalanceProofQuery {
  /**
   * Which of the accounts that are one person: 1 is the surviving one, the next ones follow until
   * `not-found`. Their balances together are the person's.
   * @example 1
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ACCOUNTS)
  account?: number;
}

/** The balance of one category, as it is booked; decimal strings of credits. */
export class ProvenBalanceDto {
  /** @example 1 */
  categoryId: number;

  /** @example "40.5" */
  available: string;

  /** @example "3" */
  held: string;

  /** @example "12" */
  used: string;

  /** @example "0" */
  expired: string;

  /** @example "0" */
  revoked: string;

  /**
   * What programmes hold without consuming it.
   * @example "0"
   */
  pledged: string;

  /**
   * What programmes count without consuming it.
   * @example "0"
   */
  counted: string;
}

/** A balance that is checked without the bank; docs/schemas/balance-proof-1.schema.json. */
export class BalanceProofFileDto extends SignedEntriesDto {
  @ApiProperty({ enum: [BALANCE_PROOF_FORMAT], example: BALANCE_PROOF_FORMAT })
  format: typeof BALANCE_PROOF_FORMAT;

  /** @example "0199c2a4-2222-7c33-8d21-6f0a9b3c4d5e" */
  learnerId: string;

  seal: SealDto;

  /**
   * Neighbours of the account in the tree of accounts, from the root down, base64.
   * @example ["ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="]
   */
  @ApiProperty({ type: [String] })
  account: readonly string[];

  /**
   * The way of the seal to the root of the log of seals, base64.
   * @example ["ux/lZmiULYPNq7wJ+uV3ikbQI8Zkcr3h8xvK4rJ7Ygo="]
   */
  @ApiProperty({ type: [String] })
  sealPath: readonly string[];

  /**
   * The signed root of the log of seals, of which this seal is the newest.
   * @example "bank.example/v1/log/seals\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— bank.example/v1/log/seals Az3grlgt…\n"
   */
  sealCheckpoint: string;

  @ApiProperty({ type: [ProvenBalanceDto] })
  balances: readonly ProvenBalanceDto[];
}
