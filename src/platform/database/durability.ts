import type { DataSource } from 'typeorm';
import { ConfigError } from '../config/index.js';

/** A setting of the server without which an acknowledged entry can be lost in a crash. */
export interface DurabilitySetting {
  readonly name: string;
  readonly setting: string;
  /** Where the value comes from, as in `pg_settings.source`. */
  readonly source: string;
}

/** Each is safe with any value but `off` (`synchronous_commit` has `local` and `remote_…` as well). */
const SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** The settings as they hold for connections of this user to this database. */
export const DURABILITY_SQL = `SELECT name, setting, source FROM pg_settings
  WHERE name IN (${SETTINGS.map((name) => `'${name}'`).join(', ')}) ORDER BY name`;

/**
 * Refuses a server that forgets what it acknowledged, unless the operator allows the loss; then
 * every start says so on standard error.
 */
export async function requireDurability(
  dataSource: DataSource,
  allowDataLoss: boolean,
): Promise<void> {
  const unsafe = unsafeSettings(await dataSource.query<DurabilitySetting[]>(DURABILITY_SQL));
  if (unsafe.length === 0) return;
  const names = unsafe.map(({ name }) => name).join(', ');
  if (allowDataLoss) {
    const warning = `WARNING: ${names} off in PostgreSQL: a crash of the server LOSES acknowledged entries`;
    process.stderr.write(`${warning} (ALLOW_DATA_LOSS=true).\n`);
    return;
  }
  throw new ConfigError(
    [
      `PostgreSQL would lose acknowledged entries in a crash: ${names} off.`,
      ...unsafe.map((setting) => `  ${setting.name}: ${howToTurnOn(setting)}`),
      'For data that may be lost (tests, trials) start with ALLOW_DATA_LOSS=true.',
    ].join('\n'),
  );
}

export function unsafeSettings(settings: readonly DurabilitySetting[]): DurabilitySetting[] {
  return settings.filter(({ setting }) => setting === 'off');
}

/** A setting is undone where it was made: elsewhere the change would have no effect. */
export function howToTurnOn({ name, source }: DurabilitySetting): string {
  switch (source) {
    case 'command line':
      return `start the server without \`-c ${name}=off\``;
    case 'client':
      return `take ${name} out of the \`options\` of DATABASE_URL`;
    case 'user':
      return `ALTER ROLE CURRENT_USER RESET ${name};`;
    case 'database':
      return `ALTER DATABASE … RESET ${name};`;
    case 'database user':
      return `ALTER ROLE CURRENT_USER IN DATABASE … RESET ${name};`;
    default:
      return `ALTER SYSTEM SET ${name} = on; SELECT pg_reload_conf(); (as superuser)`;
  }
}
