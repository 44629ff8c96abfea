import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../../learners/index.js';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../../platform/auth/index.js';
import { TranscriptQuery } from './transcripts.dto.js';
import { Transcripts } from './transcripts.service.js';

const PDF = 'application/pdf';

@ApiTags('shares')
@Allow('learner')
@PeopleOnly()
@Controller('v1/shares')
export class TranscriptsController {
  constructor(private readonly transcripts: Transcripts) {}

  /**
   * What the share shows now, printed in Chinese and a second language: with the code, a QR code and
   * the bank's seal over every byte.
   */
  @Get(':id/transcript.pdf')
  @OnBehalf('see', { purpose: 'transcript', fields: ['name', 'outcomes'] })
  @Header('cache-control', 'no-store')
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiConflictResponse({ description: 'share-ended' })
  async print(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() { second }: TranscriptQuery,
  ): Promise<StreamableFile> {
    const bytes = await this.transcripts.print(principal, id, second);
    return new StreamableFile(bytes, {
      type: PDF,
      disposition: 'attachment; filename="learning-record.pdf"',
      length: bytes.length,
    });
  }
}
