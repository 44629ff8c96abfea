import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/auth/index.js';
import { StatusLists } from './status-lists.service.js';

@ApiTags('credentials')
@Public()
@Controller('v1/status-lists')
export class StatusListsController {
  constructor(private readonly lists: StatusLists) {}

  /** A status list (Bitstring Status List 1.0), signed: whoever reads it does not say about whom. */
  @Get(':id')
  @Header('content-type', 'application/vc; charset=utf-8')
  @Header('cache-control', 'public, max-age=60')
  @ApiOkResponse({
    schema: {
      type: 'object',
      example: { type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
    },
  })
  @ApiNotFoundResponse({ description: 'not-found' })
  async show(@Param('id') id: string): Promise<string> {
    return JSON.stringify(await this.lists.show(id));
  }
}
