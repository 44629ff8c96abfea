// `node .ci/failures.mjs RESULT.json`: one line for each test that failed in a result of Jest, with the
// first lines of its message. A result without names prints nothing.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const beginningOf = (message) =>
  stripVTControlCharacters(message).split('\n').slice(0, 12).join('\n    ');

const { testResults = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, message, assertionResults } of testResults) {
  const broken = assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of broken)
    console.log(`${name}: ${fullName}\n    ${beginningOf(failureMessages.join('\n'))}`);
  if (broken.length === 0 && message) console.log(`${name}\n    ${beginningOf(message)}`);
}
