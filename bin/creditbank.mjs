#!/usr/bin/env node
// The command line of the skills credit bank. Each command is one file in bin/cli.
import { Command } from 'commander';
import { auditCommand } from './cli/audit.mjs';
import { backupCommand, restoreCommand } from './cli/backup.mjs';
import { CliFailure } from './cli/failure.mjs';
import { demoCommand } from './cli/demo.mjs';
import { doctorCommand } from './cli/doctor.mjs';
import { importCommand } from './cli/import.mjs';
import { indicatorsCommand } from './cli/indicators.mjs';
import { keysCommand } from './cli/keys.mjs';
import { operatorsCommand } from './cli/operators.mjs';
import { rulesCommand } from './cli/rules.mjs';
import { verifyCommand } from './cli/verify.mjs';
import { verifyBooksCommand } from './cli/verify-books.mjs';
import { witnessCommand } from './cli/witness.mjs';

const program = new Command('creditbank')
  .description('Skills credit bank: post files, look at the service, replay the main job.')
  .addCommand(demoCommand())
  .addCommand(importCommand())
  .addCommand(doctorCommand())
  .addCommand(keysCommand())
  .addCommand(operatorsCommand())
  .addCommand(rulesCommand())
  .addCommand(indicatorsCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(verifyBooksCommand())
  .addCommand(auditCommand())
  .addCommand(verifyCommand())
  .addCommand(witnessCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CliFailure)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
