import { ApiProperty } from '@nestjs/swagger';

/** The form of a request for an access token; the client authenticates by HTTP Basic or by a JWT. */
export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type: 'client_credentials';

  /**
   * Scopes with one space between; leave out for all that the client has.
   * @example "imports:read imports:write"
   */
  scope?: string;

  /** Only with a JWT. */
  @ApiProperty({
    required: false,
    enum: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
  })
  client_assertion_type?: string;

  /**
   * A JWT that the client signed (RFC 7523): iss and sub the client, aud this address, exp, jti.
   * @example "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJjYl80a1RiMDlYcSJ9.k1mR0pQ3vT9xZb2Lc4Wd5Q"
   */
  client_assertion?: string;
}

/** RFC 6749 5.1 */
export class TokenAnswerDto {
  /** @example "cbt_2YotnFZFEjr1zCsicMWpAA8x7Vq0Zr3mKc5uJdT1wXy" */
  access_token: string;

  /** @example "Bearer" */
  token_type: 'Bearer';

  /**
   * Seconds.
   * @example 900
   */
  expires_in: number;

  /** @example "imports:read imports:write" */
  scope: string;
}

/** RFC 6749 5.2 */
export class OAuthErrorDto {
  /** @example "invalid_client" */
  error: string;

  /** @example "unknown client, or not its secret" */
  error_description: string;
}

/** RFC 8414 */
export class AuthorizationServerDto {
  /** @example "https://bank.example" */
  issuer: string;

  /** @example "https://bank.example/oauth2/token" */
  token_endpoint: string;

  /** @example ["client_secret_basic", "private_key_jwt"] */
  token_endpoint_auth_methods_supported: string[];

  /** @example ["EdDSA", "ES256"] */
  token_endpoint_auth_signing_alg_values_supported: string[];

  /** @example ["client_credentials"] */
  grant_types_supported: string[];

  /**
   * Empty: there is no authorization endpoint.
   * @example []
   */
  response_types_supported: string[];

  /** @example ["imports:read", "imports:write", "outcomes:write"] */
  scopes_supported: string[];

  /** @example "https://bank.example/docs" */
  service_documentation: string;
}
