import { readFileSync, readdirSync } from 'node:fs';
import type { Client } from 'pg';

/** Ticks a second of `/proc/PID/stat`; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a PostgreSQL on this machine has used, or undefined where /proc tells nothing. */
export type ServerCpu = () => number | undefined;

/** Wall-clock rates lie on a busy machine; CPU time a row hardly does. */
export async function serverCpuOf(client: Client): Promise<ServerCpu> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = parentOf((rows[0] as { pid: number }).pid);
  return () => (postmaster === undefined ? undefined : cpuSeconds(postmaster));
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Own time, that of children already reaped, and that of children that run. */
function cpuSeconds(postmaster: number): number | undefined {
  const own = statOf(postmaster);
  if (!own) return undefined;
  const running = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined && Number(stat[1]) === postmaster);
  const ticks = (stat: string[], fields: number[]): number =>
    fields.reduce((sum, field) => sum + Number(stat[field]), 0);
  const children = running.reduce((sum, stat) => sum + ticks(stat as string[], [11, 12]), 0);
  return (ticks(own, [11, 12, 13, 14]) + children) / TICKS_PER_SECOND;
}

/** Fields of `/proc/PID/stat` from the state on; the name before it may hold spaces. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
