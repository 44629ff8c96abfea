import type supertest from 'supertest';
import type { ImportDto, RowFaultDto } from '../../src/imports/imports.dto.js';
import { type Caller, type World, residentId } from './world.js';
import { until } from './until.js';

export const TEMPLATE_HEADERS =
  '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩,等级,学时,学分,出勤率,备注';

/** A row of the template that fits; the serial tells records and people apart. */
export function templateRow(serial: number, over: Readonly<Record<string, string>> = {}): string {
  const cells: Record<string, string> = {
    外部编号: `rec-${serial}`,
    姓名: `学员${serial}`,
    证件类型: '居民身份证',
    证件号码: residentId(serial),
    成果代码: 'LOG-BASE',
    完成日期: '2026-06-30',
    成绩: '85',
    ...over,
  };
  return TEMPLATE_HEADERS.split(',')
    .map((header) => cells[header] ?? '')
    .join(',');
}

export function templateSheet(...rows: string[]): Buffer {
  return Buffer.from([TEMPLATE_HEADERS, ...rows].join('\n'));
}

interface SendOptions {
  readonly name?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a registrar does with files, as one caller of the small district. */
export class Importer {
  constructor(
    private readonly world: World,
    private readonly caller: Caller,
  ) {}

  send(bytes: Buffer, { name = 'file.csv', fields = {} }: SendOptions = {}): supertest.Test {
    const request = this.world.http
      .post('/v1/imports')
      .set('authorization', `Bearer ${this.caller.key}`)
      .attach('file', bytes, name);
    for (const [field, value] of Object.entries(fields)) void request.field(field, value);
    return request;
  }

  /** Sends a file and waits for the end of its dry run. */
  async check(bytes: Buffer, options: SendOptions = {}): Promise<ImportDto> {
    const { body, status } = await this.send(bytes, options);
    // The queue may take it on before the answer is read from the database.
    expect(status).toBe(202);
    expect(['received', 'checking', 'checked', 'failed']).toContain(body.state);
    return this.until(body.id as string, ['checked', 'failed']);
  }

  async commit(id: string): Promise<ImportDto> {
    const { status } = await this.caller.post(`/v1/imports/${id}/commit`);
    expect(status).toBe(202);
    return this.until(id, ['committed', 'failed']);
  }

  async until(id: string, states: readonly string[]): Promise<ImportDto> {
    return until(`the import is ${states.join(' or ')}`, async () => {
      const { body } = await this.caller.get(`/v1/imports/${id}`);
      return states.includes(body.state) && (body as ImportDto);
    });
  }

  async faults(id: string, query = ''): Promise<RowFaultDto[]> {
    const { body, status } = await this.caller.get(`/v1/imports/${id}/rows?limit=100${query}`);
    expect(status).toBe(200);
    return body.items as RowFaultDto[];
  }
}
