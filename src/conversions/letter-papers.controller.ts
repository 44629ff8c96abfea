import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { LetterPapers } from './letter-papers.service.js';

const PDF = 'application/pdf';

@ApiTags('conversions')
@Scoped('applications')
@Controller('v1/applications')
export class LetterPapersController {
  constructor(private readonly papers: LetterPapers) {}

  /** The decision letter as a PDF in Chinese and English, sealed by the bank, its data attached. */
  @Get(':id/decision-letter.pdf')
  @OnBehalf('see', { purpose: 'decision-letter', fields: ['name', 'applications'] })
  @Allow('learner', 'registrar', 'admissions')
  @Header('cache-control', 'no-store')
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiConflictResponse({ description: 'letter-not-yet' })
  async print(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<StreamableFile> {
    const bytes = await this.papers.print(principal, id);
    return new StreamableFile(bytes, {
      type: PDF,
      disposition: 'attachment; filename="decision-letter.pdf"',
      length: bytes.length,
    });
  }
}
