import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file or folder of the checkout, by its path from the top. Plain files (schemas, the demonstration
 * district) are not copied beside the compiled program, so they are looked for upwards from the
 * program that was started, wherever it was started from. Throws when it is nowhere above.
 */
export function findInCheckout(path: string, startedProgram = process.argv[1] ?? ''): string {
  for (let folder = dirname(startedProgram); ; folder = dirname(folder)) {
    const found = join(folder, path);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error(`${path} is not above ${startedProgram}`);
  }
}
