import { Injectable } from '@nestjs/common';
import { Gauges } from '../telemetry/gauges.js';
import { Database } from './database.js';

/** Connections to PostgreSQL, by what they are for and what they do. */
@Injectable()
export class PoolGauges {
  constructor(gauges: Gauges, database: Database) {
    gauges.add({
      name: 'creditbank_connections',
      help: 'Connections of this process: busy, idle, and callers that wait for one.',
      read: () => Promise.resolve(database.connections()),
    });
  }
}
