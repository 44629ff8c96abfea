import type { Config } from '../platform/config/index.js';
import { demoFilePath, readDemoFile } from './demo-file.js';

/** Accounts that show the three faces of the service. */
const SHOWN = ['learner.he', 'registrar.polytechnic', 'admissions.jiangan'];

/** How to sign in, as lines for the terminal after the ready line. */
export function demonstrationHint(config: Config): string[] {
  if (!config.seedDemonstration) return [];
  const demo = readDemoFile(config);
  if (!demo) {
    return [
      `there is no ${demoFilePath(config)}: passwords and keys are shown once, when an empty`,
      'database is seeded. For a fresh demonstration: DATA_DIR=.data2 npm start',
    ];
  }
  const shown = SHOWN.flatMap((name) => demo.accounts.filter((account) => account.name === name));
  return [
    'sign in as',
    ...shown.map(({ name, password }) => `  ${name.padEnd(24)}${password}`),
    `every account and API key:  ${demoFilePath(config)}`,
    'replay the main job:        npm run demo',
  ];
}
