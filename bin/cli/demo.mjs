import { Command } from 'commander';
import { readDemoFile } from './demo-file.mjs';
import { tellConversion } from './demo/conversion.mjs';
import { tellImport } from './demo/import.mjs';
import { tellProof } from './demo/proof.mjs';
import { tellCompletion } from './demo/completion.mjs';
import { Stage } from './demo/stage.mjs';
import { Service } from './service.mjs';

/** `creditbank demo`: the main job of the bank, replayed against a running service. */
export function demoCommand() {
  return new Command('demo')
    .description('replay the main job: a file, a balance, a conversion, a verified proof')
    .option('--url <url>', 'base URL of the service (otherwise the one in DATA_DIR/demo.json)')
    .option('--json', 'one JSON line per step')
    .action(runDemo);
}

async function runDemo(options) {
  const demo = readDemoFile();
  const service = new Service(options.url ?? demo.baseUrl);
  const stage = new Stage(service, { json: options.json ?? false });
  const startedAt = performance.now();
  if (!options.json) console.log(`A credit travels, at ${service.baseUrl}`);
  const { hero } = await tellImport(stage, demo);
  const learnerId = await tellCompletion(stage, demo, hero);
  const cookie = await tellConversion(stage, demo, learnerId);
  await tellProof(stage, demo, cookie);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (!options.json) console.log(`\nEvery answer was as expected (${seconds} s).`);
}
