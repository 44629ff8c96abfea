// `node .ci/tests.mjs RESULT.json [what Jest takes]`: Jest, and a second time for the spec files in which
// something failed. What fails twice fails. What failed once goes to RESULT.json.once, by name and
// message: a defect to mend, but none that keeps the rest from landing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failuresOf } from './failures.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** More broken files than this are no accident. */
const MOST_FILES = 5;
const [file, ...args] = process.argv.slice(2);
const second = `${file}.second`;

const first = jest(file, args);
const broken = first.result?.testResults.filter(({ status }) => status === 'failed') ?? [];
if (first.status === 0 || broken.length === 0 || broken.length > MOST_FILES) {
  process.exit(first.status);
}

const names = broken.map(({ name }) => name);
console.log(`once more: ${names.join(' ')}`);
const again = jest(second, ['--runTestsByPath', ...names]);
if (again.status !== 0) process.exit(again.status);
writeFileSync(`${file}.once`, failuresOf(first.result).join('\n'));
const { numTotalTests, numPendingTests, numTodoTests } = first.result;
const countOf = ({ testResults }) => testResults.flatMap((one) => one.assertionResults).length;
const missed = countOf(again.result) - countOf({ testResults: broken });
writeFileSync(
  file,
  JSON.stringify({
    numPassedTests: numTotalTests + missed - numPendingTests - numTodoTests,
    numFailedTests: 0,
  }),
);

/** Runs Jest; its result is undefined when it did not come to write one. */
function jest(outputFile, args) {
  rmSync(outputFile, { force: true });
  const { status } = spawnSync(
    'npm',
    ['test', '--', '--json', `--outputFile=${outputFile}`, ...args],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const result = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  return { status: status ?? 1, result };
}
