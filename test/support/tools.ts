import { execFileSync } from 'node:child_process';

/**
 * Whether programs of the system are there. A test that needs them is skipped on a machine without
 * them, but never in CI, where `.ci/run` installs them: a skip there would prove nothing.
 * @throws Error in CI, naming what is missing
 */
export function hasTools(names: readonly string[]): boolean {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length > 0 && process.env['CI'])
    throw new Error(`missing: ${missing.join(', ')}; .ci/paper-tools installs them`);
  return missing.length === 0;
}

function isInstalled(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
