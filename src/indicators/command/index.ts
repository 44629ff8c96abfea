import type { DataSource } from 'typeorm';
import { APP_ROLE, createDataSource, mayTakeRole } from '../../platform/database/index.js';
import {
  type CheckReport,
  type InTransaction,
  type OnProgress,
  Projection,
} from '../projection/projection.js';

/** Computes everything that the indicators keep anew from the books, beside a running service. */
export function rebuildIndicators(
  url: string,
  onProgress?: OnProgress,
): Promise<{ accounts: number }> {
  return onDatabase(url, (transaction) => new Projection().rebuild(transaction, onProgress));
}

/** Compares what the indicators keep with what the books say. */
export function checkIndicators(url: string, onProgress?: OnProgress): Promise<CheckReport> {
  return onDatabase(url, (transaction) => new Projection().check(transaction, onProgress));
}

/** With the rights of the application, where the account may take them on. */
async function onDatabase<T>(
  url: string,
  work: (transaction: InTransaction) => Promise<T>,
): Promise<T> {
  const asAccount = await createDataSource(url).initialize();
  let source: DataSource | undefined;
  try {
    const role = (await mayTakeRole(asAccount, APP_ROLE)) ? { role: APP_ROLE } : {};
    const opened = (source = await createDataSource(url, role).initialize());
    return await work((inside) => opened.transaction('READ COMMITTED', inside));
  } finally {
    await source?.destroy();
    await asAccount.destroy();
  }
}
