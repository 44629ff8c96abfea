import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import cliProgress from 'cli-progress';
import { Command } from 'commander';
import { keyOf, readDemoFile, serviceUrl } from './demo-file.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';
import { Service, problemText } from './service.mjs';
import { uploadFile, watchImport } from './upload.mjs';

const MOST_REASONS_SHOWN = 20;

/** `creditbank import FILE`: dry run of a file, and its commit when asked. */
export function importCommand() {
  return new Command('import')
    .description('check a CSV, XLSX or JSON file row by row; with --commit post the rows that fit')
    .argument('<file>', 'the file to send')
    .option('--commit', 'post the rows that fit')
    .option('--url <url>', 'base URL of the service (otherwise the one of DATA_DIR)')
    .option('--key <key>', 'API key (otherwise CREDITBANK_KEY, or --institution with demo.json)')
    .option('--institution <code>', 'take the registrar key of this institution from demo.json')
    .option('--format <format>', 'format of the file when it is not to be recognised')
    .option('--encoding <encoding>', 'encoding of a CSV when it is not to be recognised')
    .option('--json', 'print the import as JSON')
    .action(runImport);
}

async function runImport(path, options) {
  const service = new Service(options.url ?? serviceUrl());
  const key = findKey(options);
  const { format, encoding } = options;
  const file = { name: basename(path), bytes: readBytes(path), format, encoding };
  const sent = await uploadFile(service, key, file);
  if (sent.status !== 202) throw new CliFailure(problemText(sent), EXIT_BAD_ANSWER);
  const watch = (until) =>
    watchWithBar(service, key, { id: sent.body.id, until, isSilent: options.json });
  let state = await watch('checked');
  if (options.commit && state.state === 'checked') {
    const answer = await service.post(`/v1/imports/${sent.body.id}/commit`, { key });
    if (answer.status !== 202) throw new CliFailure(problemText(answer), EXIT_BAD_ANSWER);
    state = await watch('committed');
  }
  if (options.json) console.log(JSON.stringify(state));
  else await printResult(service, key, state);
  if (state.state === 'failed' || state.rows.faulty > 0) process.exitCode = EXIT_BAD_ANSWER;
}

function findKey({ key, institution }) {
  const given = key ?? process.env.CREDITBANK_KEY;
  if (given) return given;
  if (institution) return keyOf(readDemoFile(), institution, 'registrar');
  throw new CliFailure('Whose file is it? Give --key, CREDITBANK_KEY or --institution.');
}

function readBytes(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CliFailure(`${path} cannot be read: ${error.message}`);
  }
}

async function watchWithBar(service, key, { id, until, isSilent }) {
  const bar = new cliProgress.SingleBar(
    { format: '{phase} {bar} {value}/{total} rows, {rate} rows/s, {left}', noTTYOutput: false },
    cliProgress.Presets.shades_classic,
  );
  if (!isSilent) bar.start(0, 0, { phase: until, rate: 0, left: timeLeft(null) });
  try {
    return await watchImport(service, key, id, {
      until: [until],
      onProgress({ progress }) {
        bar.setTotal(progress.rowsTotal ?? progress.rowsDone);
        bar.update(progress.rowsDone, {
          phase: progress.phase,
          rate: progress.rowsPerSecond ?? 0,
          left: timeLeft(progress.secondsLeft),
        });
      },
    });
  } finally {
    bar.stop();
  }
}

/** The service's estimate; null while it has none. */
export function timeLeft(seconds) {
  if (seconds === null) return 'time left unknown';
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes > 0 ? `${minutes} min ${rest} s left` : `${rest} s left`;
}

async function printResult(service, key, { id, state, shape, problem, rows }) {
  console.log(
    `${state}: ${shape ?? 'unknown shape'}, ${rows.read} rows read, ${rows.fit} fit, ${rows.faulty} do not`,
  );
  console.log(`${rows.posted} posted, ${rows.alreadyPosted} were posted before`);
  if (problem) console.log(`${problem.code}: ${problem.title.en}. ${problem.change.en}`);
  if (rows.faulty === 0) return;
  const path = `/v1/imports/${id}`;
  const { body } = await service.get(`${path}/rows?limit=${MOST_REASONS_SHOWN}`, { key });
  for (const { row, column, message, hint } of body.items) {
    console.log(`row ${row}, ${column ?? '-'}: ${message.en}. ${hint.en}`);
  }
  console.log(`All of them as a workbook: ${service.baseUrl}${path}/corrections.xlsx`);
}
