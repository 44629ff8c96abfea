import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { Database } from '../database/index.js';
import { Refusal } from '../http/index.js';

const OK = { schema: { type: 'object', example: { status: 'ok' } } };

/** Whether the process lives and whether it can serve. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  @ApiOkResponse(OK)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process and its database answer; 503 otherwise. */
  @Get('ready')
  @ApiOkResponse(OK)
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.read((tx) => tx.query('SELECT 1'));
    } catch {
      throw new Refusal(
        { code: 'try-again-later', params: { seconds: '5' } },
        { 'retry-after': '5' },
      );
    }
    return { status: 'ok' };
  }
}
