import { Command, InvalidArgumentError } from 'commander';
import { toldAtDesk } from './desk.mjs';
import { withDatabaseOptions } from './database.mjs';

const collect = (value, all) => [...all, value];

/** `creditbank keys`: keys of systems, on the database itself. */
export function keysCommand() {
  const keys = new Command('keys').description(
    'keys of systems; people of an institution make theirs by the API, this works when nobody can sign in',
  );
  withDatabaseOptions(
    keys
      .command('list')
      .description('keys, the newest first; never a secret')
      .option('--institution <code>', 'only of this institution')
      .option('--json', 'as JSON'),
  ).action(runList);
  withDatabaseOptions(
    keys
      .command('create')
      .description('make a key; prints it, this once')
      .requiredOption('--institution <code>', 'whose systems use it')
      .requiredOption('--label <text>', 'what it is for')
      .option('--role <role>', 'for example registrar; more than once for several', collect, [])
      .option('--scope <scope>', 'for example imports:write; more than once', collect, [])
      .option('--days <n>', 'how long it lasts, 1 to 365', wholeFrom(1, 365), 365)
      .option('--json', 'print the result as JSON'),
  ).action(runCreate);
  withDatabaseOptions(
    keys
      .command('rotate')
      .description('make a key that may do the same; the old one works on for the overlap')
      .argument('<id>', 'id of the old key')
      .option('--overlap-hours <n>', '0 to 168', wholeFrom(0, 168), 24)
      .option('--json', 'print the result as JSON'),
  ).action(runRotate);
  withDatabaseOptions(
    keys
      .command('revoke')
      .description('end a key and its access tokens, within two seconds everywhere')
      .argument('<id>', 'id of the key')
      .option('--json', 'print the result as JSON'),
  ).action(runRevoke);
  return keys;
}

function wholeFrom(least, most) {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`use a whole number from ${least} to ${most}.`);
  };
}

async function runList(options) {
  const keys = await toldAtDesk(options, (url, { listKeys }) =>
    listKeys(url, options.institution ?? null),
  );
  if (options.json) return console.log(JSON.stringify(keys));
  for (const { id, clientId, institution, label, roles, expiresAt, revokedAt } of keys) {
    const state = revokedAt ? 'revoked' : `until ${expiresAt.toISOString().slice(0, 10)}`;
    console.log(`${id}  ${clientId}  ${institution}  ${roles.join(',')}  ${state}  ${label}`);
  }
  if (keys.length === 0) console.log('no keys');
}

async function runCreate(options) {
  const { institution, label, role: roles, scope: scopes, days } = options;
  const made = await toldAtDesk(options, (url, { createKey }) =>
    createKey(url, { institution, label, roles, scopes, days }),
  );
  print(made, options);
}

async function runRotate(id, options) {
  const made = await toldAtDesk(options, (url, { rotateKey }) =>
    rotateKey(url, id, options.overlapHours),
  );
  print(made, options);
}

async function runRevoke(id, options) {
  const revoked = await toldAtDesk(options, (url, { revokeKey }) => revokeKey(url, id));
  if (options.json) return console.log(JSON.stringify(revoked));
  console.log(`${id} is revoked; running services refuse it within two seconds.`);
}

function print(made, options) {
  if (options.json) return console.log(JSON.stringify(made));
  console.log(`key ${made.id}, until ${made.expiresAt.toISOString()}`);
  console.log(`Shown this once: ${made.key}`);
}
