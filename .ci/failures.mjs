// `node .ci/failures.mjs RESULT.json`: one line for each test that failed in a result of Jest, with the
// first lines of its message. A result without names prints nothing.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const beginningOf = (message) =>
  stripVTControlCharacters(message).split('\n').slice(0, 12).join('\n    ');

/** @returns {string[]} each test that failed, and each file that could not be run */
export function failuresOf({ testResults = [] }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const broken = assertionResults.filter(({ status }) => status === 'failed');
    if (broken.length === 0) return message ? [`${name}\n    ${beginningOf(message)}`] : [];
    return broken.map(
      ({ fullName, failureMessages }) =>
        `${name}: ${fullName}\n    ${beginningOf(failureMessages.join('\n'))}`,
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const failure of failuresOf(JSON.parse(readFileSync(process.argv[2], 'utf8')))) {
    console.log(failure);
  }
}
