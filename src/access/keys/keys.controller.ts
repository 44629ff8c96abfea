import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  STAFF_ROLES,
} from '../../platform/auth/index.js';
import { PageQuery, Refusal, parseMoment } from '../../platform/http/index.js';
import { networkText } from './address-list.js';
import { KeyAdministration, type KeyRequest } from './key-administration.service.js';
import {
  IssuedKeyDto,
  KeyDto,
  KeyPageDto,
  KeyRotationDto,
  NewKeyDto,
  RotatedKeyDto,
} from './keys.dto.js';
import type { ListedApiKey } from './keys.store.js';
import { publicKeyOf } from './public-key.js';

const STANDARD_OVERLAP_HOURS = 24;

@ApiTags('keys')
@Allow(...STAFF_ROLES)
@PeopleOnly()
@ApiNotFoundResponse({ description: 'not-found: not there, or of another institution' })
@Controller('v1/institutions/:institution/keys')
export class ApiKeysController {
  constructor(private readonly keys: KeyAdministration) {}

  @Post()
  @ApiOperation({
    summary: 'Make a key for a system of the institution; it is shown this once',
    description: 'Within 15 minutes of signing in, and with no role that you do not have yourself.',
  })
  @ApiCreatedResponse({ type: IssuedKeyDto })
  async issue(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Body() body: NewKeyDto,
  ): Promise<IssuedKeyDto> {
    const request = requestOf(body);
    const issued = await this.keys.issue(principal, institution, request);
    return { ...issued, key: request.publicKey ? null : issued.key };
  }

  @Get()
  @ApiOperation({ summary: 'The keys of an institution, the newest first' })
  @ApiOkResponse({ type: KeyPageDto })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Query() query: PageQuery,
  ): Promise<KeyPageDto> {
    const { items, next } = await this.keys.list(principal, institution, query);
    return { items: items.map(viewOf), next };
  }

  @Post(':key/rotation')
  @ApiOperation({ summary: 'A new key that may do the same; the old one works on for the overlap' })
  @ApiCreatedResponse({ type: RotatedKeyDto })
  rotate(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institutionId: string,
    @Param('key') keyId: string,
    @Body() { overlapHours = STANDARD_OVERLAP_HOURS }: KeyRotationDto,
  ): Promise<RotatedKeyDto> {
    return this.keys.rotate(principal, { institutionId, keyId }, overlapHours);
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a key and its access tokens, within two seconds everywhere' })
  @ApiNoContentResponse()
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Param('key') key: string,
  ): Promise<void> {
    return this.keys.revoke(principal, institution, key);
  }
}

/** Throws `invalid-fields` for an address that is none and a public key that is not taken. */
function requestOf(body: NewKeyDto): KeyRequest {
  const { label, roles, scopes, expiresAt } = body;
  const publicKey = body.publicKey ? publicKeyOf(body.publicKey) : null;
  if (publicKey === undefined) {
    throw wrong('/publicKey', 'use a public JWK of Ed25519 or P-256, without the private part');
  }
  const addresses = body.addresses?.map((text, place) => {
    const network = networkText(text);
    if (network !== undefined) return network;
    throw wrong(`/addresses/${place}`, 'use an address or a network like 203.0.113.0/24');
  });
  return {
    label,
    roles,
    scopes,
    addresses: addresses ?? null,
    publicKey,
    expiresAt: expiresAt === undefined ? null : (parseMoment(expiresAt) ?? null),
  };
}

function wrong(pointer: string, reason: string): Refusal {
  return new Refusal({
    code: 'invalid-fields',
    faults: [{ pointer, code: 'value-malformed', params: { reason } }],
  });
}

function viewOf(key: ListedApiKey): KeyDto {
  const { id, prefix, label, roles, scopes, addresses, publicKey } = key;
  const { createdAt, createdBy, expiresAt, lastUsedAt, revokedAt, replacedBy } = key;
  return {
    id,
    clientId: `cb_${prefix}`,
    label,
    signsIn: publicKey ? 'signature' : 'secret',
    roles,
    scopes,
    addresses,
    createdAt,
    createdBy,
    expiresAt,
    lastUsedAt,
    revokedAt,
    replacedBy,
  };
}
