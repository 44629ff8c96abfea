import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../auth/principal.js';

/** The OpenAPI 3.1 description of every route, made from the code. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Skills credit bank')
    .setDescription(
      'Learning outcomes in, proven credit out. Amounts are decimal strings of credits; ' +
        'every refusal is an RFC 9457 problem with a stable code that says what to change.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key' })
    .addCookieAuth(SESSION_COOKIE);
  return SwaggerModule.createDocument(app, builder.build());
}
