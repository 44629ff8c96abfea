import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/auth/index.js';
import { StatusLists } from './status-lists.service.js';

@ApiTags('credentials')
@Public()
@Controller('v1/status-lists')
export class StatusListsController {
  constructor(private readonly lists: StatusLists) {}

  /** A status list (Bitstring Status List 1.0), signed: whoever reads it does not say about whom. */
  @Get(':id')
  @Header('cache-control', 'public, max-age=60')
  @Header('vary', 'accept')
  @ApiOkResponse({
    schema: {
      type: 'object',
      example: { type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
    },
  })
  @ApiNotFoundResponse({ description: 'not-found' })
  async show(
    @Param('id') id: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = JSON.stringify(await this.lists.show(id));
    reply.type(mediaTypeFor(accept));
    return text;
  }
}

/** `application/vc`, or JSON for a client that asks for JSON by name and would not read the other. */
function mediaTypeFor(accept = ''): string {
  const asksForJson = /application\/(ld\+)?json/.test(accept) && !accept.includes('application/vc');
  return asksForJson ? 'application/json; charset=utf-8' : 'application/vc; charset=utf-8';
}
