import { type Finding, ReportCheck } from '#libs/audit';
import { type VerifierKey, verifierKey } from '#libs/merkle';
import { reportsName } from '#libs/reports';
import { readKept } from './kept.js';
import type { ReportSource } from './source.js';

/**
 * Makes the log of reports again from the reports.
 *
 * @param file with a checkpoint of the log of reports that was kept elsewhere
 * @param key of the log of entries
 */
export async function judgeReports(
  source: ReportSource,
  { file, key }: { file: string | undefined; key: VerifierKey | undefined },
): Promise<{ size: number; findings: Finding[] }> {
  const own = key && verifierKey(reportsName(key.name), key.publicKey, 'note');
  const kept = file === undefined ? undefined : await readKept(file, { log: 'reports', key: own });
  const check = new ReportCheck(kept ? [kept.size] : []);
  for await (const report of source.list()) check.judge(report);
  const findings = check.findings(await source.tiles());
  if (kept && kept.size > check.size) {
    findings.push(
      another(`you kept a checkpoint of ${kept.size} reports; there are ${check.size}`),
    );
  } else if (kept && !check.agrees(kept)) {
    const of = `the checkpoint of ${kept.size} reports kept by you`;
    findings.push(another(`the log of reports had another history in ${of}`));
  }
  return { size: check.size, findings };
}

function another(detail: string): Finding {
  const nothing = { entryId: null, postingId: null, postingPos: null };
  return { kind: 'report', index: null, count: 0, ...nothing, detail };
}
