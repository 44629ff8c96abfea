import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Answer,
  coverageOfFiles,
  diffFiles,
  explainFile,
  lintFiles,
  type NamedFile,
  NoSuchFile,
  NoSuchQuestion,
  readFiles,
  testFiles,
} from './index.js';

const ROOT = join(process.cwd(), 'rulebooks');
const SCHEMA = join(ROOT, 'schema', 'rulebook-1.schema.json');
const folder = mkdtempSync(join(tmpdir(), 'rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** A file of the repository with one place changed. */
function changed(name: string, from: string | RegExp, to: string): NamedFile {
  const text = textOf(name);
  expect(text).toMatch(from);
  const path = join(folder, `${name.replaceAll('/', '-')}-${Math.abs(to.length)}.yaml`);
  writeFileSync(path, text.replace(from, to));
  return one(path);
}

function one(path: string): NamedFile {
  const [file] = readFiles([path], SCHEMA);
  if (!file) throw new Error(`${path} was not read`);
  return file;
}

const of = (name: string): NamedFile => one(join(ROOT, name));
const said = ({ lines }: Answer): string => lines.join('\n');

describe('test', () => {
  test('a folder stands for all documents below it, and all examples come out', () => {
    const answer = testFiles(readFiles([ROOT], SCHEMA), 'en');
    expect([answer.ok, said(answer)]).toEqual([
      true,
      expect.stringMatching(/0 files with faults$/),
    ]);
    expect(answer.lines.length).toBeGreaterThan(35);
  });

  test('an example that comes out differently has its line and both values', () => {
    const file = changed(
      'beijing/one-use.yaml',
      "expect: { credits: '3' }",
      "expect: { credits: '4' }",
    );
    const answer = testFiles([file], 'en');
    const line =
      textOf('beijing/one-use.yaml')
        .split('\n')
        .findIndex((each) => each.includes('not converted before')) + 1;
    expect(answer.ok).toBe(false);
    expect(said(answer)).toContain(`:${line} ✗ 未转换过的成果受理`);
    expect(said(answer)).toContain('    credits: expected 4, got 3');
    expect(answer.json).toMatchObject({ ok: false, files: [{ examples: 4, failed: [{ line }] }] });
  });

  test('a file that cannot be read says where and what to write, in both languages', () => {
    const file = changed('beijing/one-use.yaml', 'review: required', 'revew: required');
    const english = testFiles([file], 'en');
    expect(english.ok).toBe(false);
    expect(said(english)).toContain(':9 /target ✗ ');
    expect(said(english)).toContain('Did you mean "review"?');
    expect(said(testFiles([file], 'zh'))).toContain(
      '此处没有这个词。第 9 行：此处没有“revew”。是否应为“review”？',
    );
  });

  test('a path that leads nowhere is no answer', () => {
    expect(() => readFiles([join(ROOT, 'nowhere.yaml')], SCHEMA)).toThrow(NoSuchFile);
  });
});

describe('lint', () => {
  const options = { today: '2026-11-26', language: 'en', withNotes: false } as const;

  test('a fault of the form is an error of the lint too', () => {
    const file = changed('beijing/one-use.yaml', 'review: required', 'revew: required');
    const answer = lintFiles([file], options);
    expect([answer.ok, said(answer)]).toEqual([
      false,
      expect.stringContaining('2 errors, 0 warnings'),
    ]);
    expect(answer.json).toMatchObject({ ok: false, faults: [{ code: 'rulebook-invalid' }] });
  });

  test('a finding has its file, line, path, words and repair', () => {
    const file = changed('beijing/one-use.yaml', 'to: null', 'to: 2026-12-31');
    const answer = lintFiles([file], options);
    expect(answer.ok).toBe(true);
    expect(said(answer)).toMatch(
      /one-use\.yaml-\d+\.yaml:18 \/inForce\/to ! This ends soon\. .* in 35 days\./,
    );
    expect(answer.json).toMatchObject({
      ok: true,
      findings: [{ code: 'lint-lapses-soon', severity: 'warning', line: 18, path: '/inForce/to' }],
    });
  });
});

describe('explain', () => {
  test('a rulebook and a scheme in sentences of both languages', () => {
    const english = explainFile(of('beijing/one-use.yaml'), { language: 'en' });
    expect(said(english)).toContain(
      '• At most half: at most 70 credits (50 % of all credits of the programme).',
    );
    const chinese = explainFile(of('beijing/one-use.yaml'), { language: 'zh' });
    expect(said(chinese)).toContain('• 不超过一半：最多 70 学分（专业总学分的 50%）。');
    const scheme = explainFile(of('korea/provider-demerits.yaml'), { language: 'zh' });
    expect(said(scheme)).toContain('满 66 分：撤销认定。');
    expect(scheme.json).toMatchObject({ id: 'korea/provider-demerits', version: 1 });
  });

  test('the decision of an example, with its reasons', () => {
    const refused = explainFile(of('beijing/one-use.yaml'), { language: 'en', example: 3 });
    expect(said(refused)).toContain(
      'Credits: 0 (at most 0)\nRefused\n  A recognised outcome keeps its credit: the cap "half" has no room: 70 of 70 is used and 1 more is needed.',
    );
    const parameter = explainFile(of('chongqing/skills-contest.yaml'), {
      language: 'zh',
      example: 6,
    });
    expect(said(parameter)).toContain('不予认定');
    const scheme = explainFile(of('korea/provider-demerits.yaml'), { language: 'en', example: 2 });
    expect(scheme.lines).toEqual(['points: 30', 'standing: may-not-apply']);
  });

  test('the decision of a learner in a file, alone or as an example', () => {
    const learner = { outcomes: [{ lot: 'a', outcome: 'O', credits: '3' }] };
    const ask = (content: unknown, on?: string): Answer => {
      const learnerFile = join(folder, 'learner.json');
      writeFileSync(learnerFile, JSON.stringify(content));
      return explainFile(of('beijing/one-use.yaml'), { language: 'en', learnerFile, on });
    };
    expect(said(ask(learner, '2026-10-01'))).toContain('Credits: 3');
    expect(said(ask({ learner }, '2026-10-01'))).toContain('Credits: 3');
    expect(said(ask(learner, '2019-10-01'))).toContain('Credits: 0');
    expect(() => ask(learner)).toThrow(NoSuchQuestion);
    expect(() => ask({}, '2026-10-01')).toThrow('with "outcomes"');
  });

  test('a case of a scheme in a file', () => {
    const learnerFile = join(folder, 'case.yaml');
    writeFileSync(learnerFile, 'points: 66\n');
    const answer = explainFile(of('korea/provider-demerits.yaml'), { language: 'en', learnerFile });
    expect(answer.json).toEqual({ points: '66', standing: 'withdrawn' });
  });

  test('what is not there is said', () => {
    const ask = (question: { example?: number; learnerFile?: string }) => () =>
      explainFile(of('beijing/one-use.yaml'), { language: 'en', on: '2026-10-01', ...question });
    expect(ask({ example: 9 })).toThrow('There are 4 examples');
    expect(ask({ learnerFile: join(folder, 'none.json') })).toThrow(NoSuchQuestion);
    const broken = changed('beijing/one-use.yaml', 'review: required', 'revew: required');
    expect(explainFile(broken, { language: 'en' }).ok).toBe(false);
  });
});

describe('diff', () => {
  test('what changed, by rule and clause, in both languages', () => {
    const newer = changed('schools/jiaoda-haibin.yaml', "atLeast: '70'", "atLeast: '75'");
    const older = of('schools/jiaoda-haibin.yaml');
    expect(diffFiles(older, newer, 'en').lines).toEqual([
      'A course with 70 % common content: minimum finding 70 -> 75',
    ]);
    expect(diffFiles(older, newer, 'zh').lines).toEqual([
      '重合度 70 % 以上的课程：人工认定最低值 70 -> 75',
    ]);
    expect(said(diffFiles(older, older, 'en'))).toContain('Nothing');
  });

  test('only two rulebooks that can be read are compared', () => {
    const book = of('beijing/one-use.yaml');
    expect(diffFiles(book, of('korea/provider-demerits.yaml'), 'en').ok).toBe(false);
    const broken = changed('beijing/one-use.yaml', 'review: required', 'revew: required');
    const answer = diffFiles(book, broken, 'en');
    expect([answer.ok, said(answer)]).toEqual([false, expect.stringContaining('Did you mean')]);
  });
});

describe('coverage', () => {
  test('every rule of the field with its documents and examples', () => {
    const answer = coverageOfFiles(readFiles([ROOT], SCHEMA));
    expect(answer.ok).toBe(true);
    expect(said(answer)).toMatch(/✓ R49\n {4}rulebooks\/korea\/provider-demerits\.yaml\n {6}29 分/);
  });

  test('a rule without a document, and a file that cannot be read, are told', () => {
    const missing = coverageOfFiles([of('korea/provider-demerits.yaml')]);
    expect([missing.ok, said(missing)]).toEqual([
      false,
      expect.stringContaining('✗ R01: no document shows it'),
    ]);
    const broken = changed('beijing/one-use.yaml', 'review: required', 'revew: required');
    expect(coverageOfFiles([...readFiles([ROOT], SCHEMA), broken]).ok).toBe(false);
  });
});

test('a file of 10 MB is refused by name and not read', () => {
  const path = join(folder, 'large.yaml');
  writeFileSync(path, `# ${'x'.repeat(10 * 1024 * 1024)}\n`);
  const answer = lintFiles([one(path)], { today: '2026-10-01', language: 'en', withNotes: false });
  expect([answer.ok, said(answer)]).toEqual([false, expect.stringContaining('1024 KiB')]);
  expect(answer.json).toMatchObject({ faults: [{ code: 'rulebook-too-large' }] });
});
