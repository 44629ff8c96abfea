import { join } from 'node:path';
import { createApplication } from './bootstrap.js';
import { demonstrationHint } from './demonstration/index.js';
import { ConfigError, loadConfig } from './platform/config/index.js';
import { migrate } from './platform/database/index.js';
import { closeOnEnd } from './shutdown.js';

const PAGES = join(import.meta.dirname, '../../web/dist');

/** The HTTP process; by default it works the queue as well. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  await migrate(config.databaseUrl, config);
  const app = await createApplication(config, PAGES);
  closeOnEnd(() => app.close());
  await app.listen(config.port, config.host);
  console.log([`ready ${config.publicUrl}`, ...demonstrationHint(config)].join('\n'));
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
