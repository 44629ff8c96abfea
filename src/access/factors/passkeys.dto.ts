import { ApiProperty } from '@nestjs/swagger';
import {
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsNested, IsPlainText } from '../../platform/http/index.js';

const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/;
/** An answer of any authenticator without attestation has far less. */
const MOST = 8_192;

/** The options that a browser gives to `navigator.credentials`, as JSON. */
export class PasskeyOptionsDto {
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
  @ApiProperty({ type: Object, example: { challenge: 'q83vEjRWeJA', timeout: 300000 } })
  publicKey: Record<string, unknown>;
}

export class PasskeyAttestationDto {
  /** @example "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  clientDataJSON: string;

  /** @example "o2NmbXRkbm9uZWdhdHRTdG10oA" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  attestationObject: string;

  /** @example "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAA" */
  @IsOptional()
  @Matches(BASE64URL)
  @MaxLength(MOST)
  authenticatorData?: string;

  /** @example ["internal"] */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  transports?: string[];

  /** @example -7 */
  @IsOptional()
  @IsInt()
  publicKeyAlgorithm?: number;

  /** @example "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpN7i7JcW" */
  @IsOptional()
  @Matches(BASE64URL)
  @MaxLength(MOST)
  publicKey?: string;
}

export class PasskeyAssertionDto {
  /** @example "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  clientDataJSON: string;

  /** @example "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  authenticatorData: string;

  /** @example "MEUCIQDvyEh3" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  signature: string;

  /** @example "MDFhMmU3YzAtNWI3ZS03MDAwLTgwMDAtMDAwMDAwMDAwMDAy" */
  @IsOptional()
  @Matches(BASE64URL)
  @MaxLength(MOST)
  userHandle?: string;
}

/** What both answers of a browser have; `toJSON()` of a `PublicKeyCredential`. */
class PasskeyAnswerDto {
  /** @example "dGVzdC1jcmVkZW50aWFs" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  id: string;

  /** @example "dGVzdC1jcmVkZW50aWFs" */
  @Matches(BASE64URL)
  @MaxLength(MOST)
  rawId: string;

  /** @example "public-key" */
  @IsIn(['public-key'])
  type: 'public-key';

  @IsOptional()
  @IsIn(['platform', 'cross-platform'])
  authenticatorAttachment?: 'platform' | 'cross-platform';

  @ApiProperty({ type: Object, example: {} })
  @IsObject()
  clientExtensionResults: Record<string, never>;
}

export class PasskeyAttestationAnswerDto extends PasskeyAnswerDto {
  @IsNested(() => PasskeyAttestationDto)
  response: PasskeyAttestationDto;
}

export class PasskeyAssertionAnswerDto extends PasskeyAnswerDto {
  @IsNested(() => PasskeyAssertionDto)
  response: PasskeyAssertionDto;
}

export class NewPasskeyDto {
  /**
   * What to call it in one's own list.
   * @example "办公室电脑 / office computer"
   */
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  label: string;

  @IsNested(() => PasskeyAttestationAnswerDto)
  credential: PasskeyAttestationAnswerDto;
}

export class PasskeySignInDto {
  @IsNested(() => PasskeyAssertionAnswerDto)
  credential: PasskeyAssertionAnswerDto;
}

export class AddedPasskeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000072" */
  id: string;

  /**
   * Shown this once, when it is the first second factor; otherwise empty.
   * @example ["k7mq-2xpa-9wtd-hn3e"]
   */
  recoveryCodes: string[];
}

/** A passkey as its owner sees it. */
export class PasskeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000072" */
  id: string;

  /** @example "办公室电脑 / office computer" */
  label: string;

  /** Whether the maker of the device keeps a copy of it for the owner's other devices. */
  isSynced: boolean;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: Date;

  /** @example "2026-11-24T02:10:00.000Z" */
  lastUsedAt: Date | null;
}
