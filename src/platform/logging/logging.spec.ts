import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { inContext, isRequestId } from './context.js';
import { type LogLevel, createLog } from './log.js';
import { NestLog } from './nest-log.js';
import { isSecretName } from './redact.js';

const ID_NUMBER = '500112199003071234';
const KEY = 'cb_abcdefgh_0123456789abcdefghijABCDEFGHIJ01';

function capture(level: LogLevel = 'trace') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  return { log, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

describe('what a log never holds', () => {
  it.each([
    ['name', { name: '王小明' }],
    ['signInName', { who: { signInName: '王小明' } }],
    ['display_name', { a: [{ b: { display_name: '王小明' } }] }],
    ['learnerName', { learnerName: '王小明' }],
    ['password', { headers: { password: '王小明' } }],
    ['set-cookie', { 'Set-Cookie': '王小明' }],
    ['authorization', { headers: { Authorization: '王小明' } }],
    ['phone', { phone: '王小明' }],
    ['code', { code: '王小明' }],
    ['number', { document: { number: '王小明' } }],
    ['body', { body: { anything: '王小明' } }],
    ['bytes', { sealed: Buffer.from('王小明') }],
  ])('a member %s', (_, members) => {
    const { log, text } = capture();
    log.error(members, 'something');
    expect(text()).toContain('[redacted]');
    expect(text()).not.toContain('王小明');
  });

  it.each([
    ['an identity number', `no learner ${ID_NUMBER}`, ID_NUMBER],
    ['an identity number with X', 'of 50011219900307123X.', '50011219900307123X'],
    ['a mobile number', '电话13812345678', '13812345678'],
    ['a key', `Bearer ${KEY}`, KEY.slice(12)],
    ['a session', 'cookie: session=abc.def-ghi; x=1', 'abc.def-ghi'],
    ['a share code', 'GET /verify/1234-5678-9012', '1234-5678'],
  ])('%s within a text, wherever the text is', (_, sentence, secret) => {
    const { log, text } = capture();
    log.error(sentence);
    log.error({ reason: { text: [sentence] } }, 'x');
    log.error({ err: new Error(sentence, { cause: new Error(sentence) }) }, sentence);
    new NestLog(log).error(new Error(sentence), 'Http');
    new NestLog(log).warn(sentence, 'Http');
    expect(text().split('[redacted]').length).toBeGreaterThan(7);
    expect(text()).not.toContain(secret);
  });

  it('what a query was called with', () => {
    const { log, text } = capture();
    const driver = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (name)=(王小明) already exists.',
      constraint: 'name_once',
    });
    log.error({ err: new QueryFailedError('INSERT …', ['王小明'], driver) });
    expect(text()).not.toContain('王小明');
    expect(text()).toContain('name_once');
  });

  it('keeps what helps: ids, counts, routes, states', () => {
    const { log, last } = capture();
    const members = { importId: '0198c5a2-7a10-7123-8f00-0123456789ab', rows: 1_000_000 };
    log.warn({ ...members, route: '/v1/imports/:id', status: 403 }, 'request');
    expect(last()).toMatchObject({ ...members, route: '/v1/imports/:id', status: 403 });
    expect(['requestId', 'route', 'status', 'kind', 'state', 'taskId'].some(isSecretName)).toBe(
      false,
    );
  });

  it('a circle ends', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle['self'] = circle;
    const { log, text } = capture();
    log.error({ circle });
    expect(text()).toContain('[redacted]');
  });
});

describe('a line of the log', () => {
  it('says which request it belongs to, also later', async () => {
    const { log, last } = capture();
    await inContext({ requestId: 'abcdefgh-1' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      log.warn('later');
    });
    expect(last()).toMatchObject({ level: 'warn', requestId: 'abcdefgh-1', msg: 'later' });
    log.warn('outside');
    expect(last()).not.toHaveProperty('requestId');
  });

  it('comes from every logger of Nest, at its level', () => {
    const { log, last, text } = capture('warn');
    Logger.overrideLogger(new NestLog(log));
    new Logger('queue').warn('task failed');
    expect(last()).toMatchObject({ level: 'warn', context: 'queue', msg: 'task failed' });
    new Logger('queue').error('task failed', 'at somewhere');
    expect(last()).toMatchObject({ level: 'error', context: 'queue', stack: 'at somewhere' });
    const before = text();
    new Logger('queue').log('not wanted');
    expect(text()).toBe(before);
  });
});

describe('isRequestId', () => {
  it.each([
    ['0198c5a2-7a10-7123-8f00-0123456789ab', true],
    ['req_1.2:3-abc', true],
    ['short', false],
    ['a'.repeat(101), false],
    ['with space-long', false],
    ['line\nbreak-long', false],
    ['{"json":"injected"}', false],
    [['abcdefghij', 'abcdefghij'], false],
    [undefined, false],
  ])('%j → %s', (text, expected) => {
    expect(isRequestId(text)).toBe(expected);
  });
});
