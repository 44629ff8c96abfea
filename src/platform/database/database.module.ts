import { Global, Module } from '@nestjs/common';
import { Database } from './database.js';
import { PoolGauges } from './pool-gauges.js';

@Global()
@Module({ providers: [Database, PoolGauges], exports: [Database] })
export class DatabaseModule {}
