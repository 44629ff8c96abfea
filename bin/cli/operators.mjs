import { Command } from 'commander';
import { toldAtDesk } from './desk.mjs';
import { withDatabaseOptions } from './database.mjs';

/** `creditbank operators`: who looks after the bank, on the database itself. */
export function operatorsCommand() {
  const operators = new Command('operators').description(
    'the people who look after the bank; works on the database, also on one that has nobody yet',
  );
  withDatabaseOptions(
    operators.command('list').description('everybody with the role').option('--json', 'as JSON'),
  ).action(runList);
  withDatabaseOptions(
    operators
      .command('add')
      .description('open an account for an operator; prints a password for three days, this once')
      .argument('<name>', 'with which to sign in, for example li.na')
      .option('--display-name <text>', 'what others see (otherwise the name)')
      .option('--another', 'also when the bank has an operator already')
      .option('--json', 'print the result as JSON'),
  ).action(runAdd);
  return operators;
}

async function runList(options) {
  const operators = await toldAtDesk(options, (url, { listOperators }) => listOperators(url));
  if (options.json) return console.log(JSON.stringify(operators));
  for (const { id, signInName, displayName, isDisabled } of operators) {
    console.log(`${signInName}  ${displayName}  ${id}${isDisabled ? '  disabled' : ''}`);
  }
  if (operators.length === 0) console.log('nobody yet: creditbank operators add NAME');
}

async function runAdd(signInName, options) {
  const added = await toldAtDesk(options, (url, { addOperator }) =>
    addOperator(url, {
      signInName,
      displayName: options.displayName ?? signInName,
      isAnother: options.another === true,
    }),
  );
  if (options.json) return console.log(JSON.stringify(added));
  console.log(`${added.signInName} is an operator of this bank (${added.id}).`);
  console.log(`Password, shown this once: ${added.password}`);
  console.log(
    `It signs in until ${added.passwordUntil.toISOString()} and opens nothing but its own replacement; ` +
      'a second factor is set up next.',
  );
}
