/** A setting that stops the start, with a sentence that says what to set. */
export class ConfigError extends Error {}

/** `true` or `false`. Throws {@link ConfigError} for anything else. */
export function flag(env: NodeJS.ProcessEnv, name: string, standard: boolean): boolean {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  if (text !== 'true' && text !== 'false') {
    throw new ConfigError(`${name} is "${text}"; use true or false.`);
  }
  return text === 'true';
}

/** A whole number from 0 to `most`. Throws {@link ConfigError} for anything else. */
export function integer(
  env: NodeJS.ProcessEnv,
  name: string,
  standard: number,
  most: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new ConfigError(`${name} is "${text}"; use a whole number from 0 to ${most}.`);
  }
  return value;
}
