import { readFileSync, writeFileSync } from 'node:fs';
import { ImportService } from './service.js';

/*
 * Imports a file of the given rows in a process of its own and prints the most memory it had
 * resident meanwhile, in KiB: `memory.child.js DATABASE_URL ROWS`. Both sizes of file are measured in
 * a process that has imported small files for a while: its heap has the size it works at.
 */

const WARM_UP_FILES = 20;
const WARM_UP_ROWS = 10_000;

const [url = '', rows = ''] = process.argv.slice(2);
const service = await ImportService.start(url);
for (let file = 0; file < WARM_UP_FILES; file += 1) await importFile(`warm${file}`, WARM_UP_ROWS);
// Linux: the high-water mark begins anew.
writeFileSync('/proc/self/clear_refs', '5');
await importFile('measured', Number(rows));
const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
console.log(JSON.stringify({ peakKib: Number(peak) }));
await service.close();
process.exit(0);

async function importFile(prefix: string, count: number): Promise<void> {
  const id = await service.receive({ prefix, rows: count, firstLearner: 0 });
  const checked = await service.check(id);
  const committed = await service.commit(id);
  if (checked.rowsGood !== count || committed.rowsGood !== count) {
    throw new Error(`${prefix}: ${committed.rowsGood} of ${count} rows were posted`);
  }
}
