/** CPU time of this process in milliseconds: what other processes do on the machine is not in it. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** `SEED=5000` repeats a run; otherwise every run takes new instances and says which. */
export function seedOf(): number {
  return Number(process.env['SEED'] ?? Date.now() % 1_000_000);
}
