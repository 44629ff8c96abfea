import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, run } from './process.mjs';
import { Refusal } from './refusal.mjs';

// Inside the output, which both builders empty first: a build that was killed leaves none.
const STAMP_FILE = '.build-stamp';

const SERVER = {
  output: 'dist',
  proof: 'dist/src/main.js',
  sources: ['src', 'libs', 'migrations', 'bench', 'tsconfig.json', 'tsconfig.build.json'].concat([
    'nest-cli.json',
    'package.json',
    'package-lock.json',
  ]),
  command: () => [process.execPath, 'node_modules/@nestjs/cli/bin/nest.js', 'build'],
};

const WEB = {
  output: 'web/dist',
  proof: 'web/dist/index.html',
  sources: ['src', 'public', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json']
    .concat('vite.config.ts')
    .map((path) => `web/${path}`),
  command: () => [...npmCommand(), '--prefix', 'web', 'run', 'build'],
};

export const ensureServerBuilt = (root, tools) => ensureBuilt(root, SERVER, tools);
export const ensureWebBuilt = (root, tools) => ensureBuilt(root, WEB, tools);

/** Builds unless the output was made from exactly these sources. Content decides: git changes times. */
async function ensureBuilt(root, target, { say, track }) {
  const stamp = hashOf(root, target.sources);
  const stampFile = join(root, target.output, STAMP_FILE);
  if (existsSync(join(root, target.proof)) && readText(stampFile) === stamp) {
    return { summary: 'up to date' };
  }
  say('building');
  const [command, ...args] = target.command();
  const { code, output } = await run(command, args, { cwd: root, track });
  if (code !== 0) throw new Refusal(`Building ${target.output} ended with ${code}:\n${output}`);
  // nest build ends with 0 when it found nothing to compile.
  if (!existsSync(join(root, target.proof))) throw new Refusal(`There is no ${target.proof}.`);
  writeFileSync(stampFile, stamp);
  return { summary: 'built' };
}

function hashOf(root, sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(root, source))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .toSorted()
    .filter((name) => !name.endsWith('.spec.ts'))
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
