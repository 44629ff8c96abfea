import type { DataSource, EntityManager } from 'typeorm';
import {
  type Actor,
  type AdministrativeChange,
  HistoryStore,
  eventOf,
} from '../../history/index.js';
import { APP_ROLE, createDataSource, mayTakeRole } from '../../platform/database/index.js';

/** What a command of the operator works with: one transaction on the database itself. */
export interface Desk {
  readonly tx: EntityManager;
  /** Writes a change down as the command's. */
  readonly record: (change: AdministrativeChange) => Promise<void>;
}

/** A command that cannot be done; the message says what to change. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs a command in one transaction, with the rights of the application where the account may take
 * them on. Whoever runs it has the machine, so it asks for no password; the history names the command.
 *
 * @param command what the history calls it: `creditbank keys`
 */
export async function atDesk<T>(
  url: string,
  command: string,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  const asAccount = await createDataSource(url).initialize();
  let source: DataSource | undefined;
  try {
    await requireSchema(asAccount);
    const role = (await mayTakeRole(asAccount, APP_ROLE)) ? { role: APP_ROLE } : {};
    source = await createDataSource(url, role).initialize();
    const actor: Actor = { id: command.replace(' ', '-'), name: command, institutionId: null };
    const history = new HistoryStore();
    return await source.transaction('READ COMMITTED', (tx) =>
      work({ tx, record: (change) => history.insert(tx, eventOf(actor, change)) }),
    );
  } finally {
    await source?.destroy();
    await asAccount.destroy();
  }
}

async function requireSchema(source: DataSource): Promise<void> {
  const [found] = await source.query<{ there: boolean }[]>(
    `SELECT EXISTS (SELECT FROM information_schema.columns
       WHERE table_name = 'account' AND column_name = 'password_until') AS there`,
  );
  if (found?.there) return;
  throw new CommandError(
    'This database is empty or older: start this version of the service once.',
  );
}
