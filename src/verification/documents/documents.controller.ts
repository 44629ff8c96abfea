import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiPayloadTooLargeResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { type AuthenticatedRequest, Public } from '../../platform/auth/index.js';
import { askerOf } from '../asker.js';
import { DocumentAnswerDto, TextToVerifyDto } from './documents.dto.js';
import { Documents } from './documents.service.js';
import { fileOf } from './upload.js';

/**
 * Verifies anything, for everybody. What is red is said line by line; refused is only what cannot be
 * looked into.
 */
@ApiTags('verification')
@Public()
@Controller('v1/verifications')
@ApiNotFoundResponse({ description: 'share-not-valid: a code that shows nothing' })
@ApiPayloadTooLargeResponse({ description: 'document-too-large, also of what it unpacks to' })
@ApiTooManyRequestsResponse({ description: 'too-many-wrong-codes, with Retry-After' })
@ApiUnsupportedMediaTypeResponse({
  description: 'document-unknown, document-archive or document-picture',
})
@ApiUnprocessableEntityResponse({
  description:
    'document-damaged, document-encrypted, document-without-credential, document-several-credentials or document-foreign-link',
})
export class DocumentsController {
  constructor(private readonly documents: Documents) {}

  /** Verifies a text: a code, our link to one, a credential as JSON or JWT, a baked SVG. */
  @Post('texts')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  verifyText(
    @Body() body: TextToVerifyDto,
    @Req() request: AuthenticatedRequest,
  ): Promise<DocumentAnswerDto> {
    return this.documents.verifyText(body, askerOf(request));
  }

  /** Verifies a file: PDF, baked PNG or SVG, JSON or JWT; at most 8 MiB. */
  @Post('files')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  async verifyFile(@Req() request: AuthenticatedRequest): Promise<DocumentAnswerDto> {
    return this.documents.verifyFile(await fileOf(request), askerOf(request));
  }
}
