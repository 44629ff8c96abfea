import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('../../../web/src/i18n/zh', import.meta.url));

/** The first words of all keys of texts: a text that begins with one and a dot was not translated. */
export async function textRoots() {
  const roots = new Set();
  for (const file of readdirSync(FOLDER)) {
    const source = readFileSync(join(FOLDER, file), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const encoded = Buffer.from(outputText).toString('base64');
    const module = await import(`data:text/javascript;base64,${encoded}`);
    for (const texts of Object.values(module)) Object.keys(texts).forEach((key) => roots.add(key));
  }
  return [...roots];
}
