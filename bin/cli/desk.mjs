import { loadBuilt, requireDatabase, withDatabase } from './database.mjs';
import { CliFailure } from './failure.mjs';

/** Runs a command of the operator on the chosen database; what it refuses is said in a sentence. */
export async function toldAtDesk(options, work) {
  const commands = await loadBuilt('src/access/command/index.js');
  return withDatabase(options, async (url) => {
    await requireDatabase(url);
    try {
      return await work(url, commands);
    } catch (error) {
      throw error instanceof commands.CommandError ? new CliFailure(error.message) : error;
    }
  });
}
