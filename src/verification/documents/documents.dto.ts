import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { TextDto } from '../../platform/http/index.js';
import { OpenedProofDto } from '../verifications.dto.js';

const MOST_CHARACTERS = 1_000_000;

export class TextToVerifyDto {
  /**
   * A code, a link of ours to one, a credential as JSON or JWT, or a baked SVG, as it was given.
   * @example "1234 5678 9012"
   */
  @IsString()
  @Length(1, MOST_CHARACTERS)
  text: string;

  /**
   * The PIN, where it is a code that takes one.
   * @example "402817"
   */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  pin?: string;
}

/** One line of the answer. */
export class DocumentCheckDto {
  /**
   * What was looked at; `seal` is the bank's over every byte of a paper.
   * @example "signature"
   */
  line:
    | 'seal'
    | 'format'
    | 'signature'
    | 'issuer'
    | 'validity'
    | 'revoked'
    | 'suspended'
    | 'ledger'
    | 'log';

  /**
   * `not-applicable`: there is nothing of the kind. `not-checked`: it could not be looked at.
   * @example "pass"
   */
  result: 'pass' | 'fail' | 'not-applicable' | 'not-checked';

  /** @example "green" */
  colour: 'green' | 'red' | 'grey';

  /** @example "signature-right" */
  code: string;

  /** What was found and, where it is not well, what to do. */
  text: TextDto;
}

/** A document as it is shown when it could be read. */
const READ = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:web:bank.example',
  credentialSubject: { id: 'urn:uuid:0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e' },
};

/** A credential that was found, and what was found out about it. */
export class CheckedCredentialDto {
  /** @example "valid" */
  verdict: 'valid' | 'invalid' | 'incomplete';

  checks: DocumentCheckDto[];

  /** The document as it was read, whether or not it holds; null when it could not be read. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: READ })
  credential: object | null;

  /** The credentials within it, each signed by itself. */
  @ApiPropertyOptional({ type: () => [CheckedCredentialDto] })
  inner: CheckedCredentialDto[];
}

/** What a text or file is, and whether it holds, line by line. */
export class DocumentAnswerDto {
  /**
   * What it came in.
   * @example "pdf"
   */
  wrapping: 'code' | 'json' | 'jwt' | 'png' | 'svg' | 'pdf';

  /**
   * `invalid`: a line is red. `incomplete`: none is, but something that decides could not be looked
   * at. `valid`: all that there is was looked at.
   * @example "valid"
   */
  verdict: 'valid' | 'invalid' | 'incomplete';

  checks: DocumentCheckDto[];

  /** The document as it was read, whether or not it holds; null when there is none. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: READ })
  credential: object | null;

  /** The credentials within it, each signed by itself. */
  inner: CheckedCredentialDto[];

  /** What the code shows now; null for documents. */
  @ApiProperty({ type: () => OpenedProofDto, nullable: true })
  proof: OpenedProofDto | null;

  /** @example "2026-11-24T02:10:00.000Z" */
  checkedAt: string;
}
