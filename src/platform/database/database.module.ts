import { Global, Logger, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { APP_ROLE, mayTakeRole } from './rights.js';

/** Works with the rights of the application's role wherever the account may take it on. */
async function openDataSource({ databaseUrl }: Config): Promise<DataSource> {
  const asAccount = await createDataSource(databaseUrl).initialize();
  const isLimited = await mayTakeRole(asAccount);
  if (!isLimited) {
    new Logger('database').warn(
      `The account may not take on the role ${APP_ROLE}: the books are append-only by trigger and ` +
        `log, not by rights. As a superuser: CREATE ROLE ${APP_ROLE}; GRANT ${APP_ROLE} TO <account>;`,
    );
    return asAccount;
  }
  await asAccount.destroy();
  return createDataSource(databaseUrl, APP_ROLE);
}

@Global()
@Module({
  providers: [{ provide: DataSource, inject: [CONFIG], useFactory: openDataSource }, Database],
  exports: [Database],
})
export class DatabaseModule {}
