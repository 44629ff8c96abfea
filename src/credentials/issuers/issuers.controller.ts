import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type JsonObject, multikeyOf } from '#libs/credentials';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Public,
} from '../../platform/auth/index.js';
import { IssuerKeyDto, IssuerKeysDto } from '../credentials.dto.js';
import type { IssuerKey } from './issuer-keys.store.js';
import { Issuers } from './issuers.service.js';

const DID_DOCUMENT = 'application/did+json; charset=utf-8';
/** Retired keys stay, so a copy is wrong about new keys only. */
const CACHED = 'public, max-age=300';
const EXAMPLE = { id: 'did:web:bank.example', assertionMethod: ['did:web:bank.example#key-1'] };

/** Who signs here, as did:web: documents that anybody resolves. */
@ApiTags('credentials')
@Public()
@Controller()
export class IdentitiesController {
  constructor(private readonly issuers: Issuers) {}

  /** The DID document of the bank. */
  @Get('.well-known/did.json')
  @Header('content-type', DID_DOCUMENT)
  @Header('cache-control', CACHED)
  @ApiOkResponse({ schema: { type: 'object', example: EXAMPLE } })
  bank(): Promise<JsonObject> {
    return this.issuers.document(null);
  }

  /** The DID document of an institution, by its code. */
  @Get('institutions/:code/did.json')
  @Header('content-type', DID_DOCUMENT)
  @Header('cache-control', CACHED)
  @ApiOkResponse({ schema: { type: 'object', example: EXAMPLE } })
  @ApiNotFoundResponse({ description: 'not-found' })
  institution(@Param('code') code: string): Promise<JsonObject> {
    return this.issuers.document(code);
  }
}

/** Keys that sign, for the people who answer for them. */
@ApiTags('credentials')
@Allow('registrar', 'issuer', 'operator')
@PeopleOnly()
@Controller('v1/issuer-keys')
export class IssuerKeysController {
  constructor(private readonly issuers: Issuers) {}

  @Get()
  @ApiOperation({ summary: 'Keys that sign credentials of your institution, retired ones too' })
  async list(@CurrentPrincipal() principal: Principal): Promise<IssuerKeysDto> {
    return { items: (await this.issuers.list(principal)).map(toDto) };
  }

  /** A new key signs from now on. The old one stays in the DID document for what it signed. */
  @Post()
  async rotate(@CurrentPrincipal() principal: Principal): Promise<IssuerKeyDto> {
    return toDto(await this.issuers.rotate(principal));
  }
}

function toDto({ id, number, publicKey, createdAt, retiredAt }: IssuerKey): IssuerKeyDto {
  return {
    id,
    number,
    publicKeyMultibase: multikeyOf(publicKey),
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
  };
}
