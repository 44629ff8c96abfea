import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';

@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [CONFIG],
      useFactory: (config: Config): DataSource => createDataSource(config.databaseUrl),
    },
    Database,
  ],
  exports: [Database],
})
export class DatabaseModule {}
