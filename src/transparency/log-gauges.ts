import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { Gauges } from '../platform/telemetry/index.js';
import { PostingsStore } from '../ledger/index.js';

/** Whether the public log keeps up with the books. */
@Injectable()
export class LogGauges {
  constructor(gauges: Gauges, database: Database, postings: PostingsStore) {
    gauges.add({
      name: 'creditbank_log_waiting_postings',
      help: 'Postings that are booked and not yet in the public log.',
      read: () => database.read(async (tx) => [{ value: await postings.countWaiting(tx) }]),
    });
  }
}
