import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { Refusal } from './refusal.mjs';

// Inside the output, which both builders empty first: a build that was killed leaves none.
const STAMP_FILE = '.build-stamp';

const PACKAGE = ['package.json', 'package-lock.json'];
const SERVER_SETTINGS = [...PACKAGE, 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const WEB_SETTINGS = [...PACKAGE, 'tsconfig.json', 'vite.config.ts', 'index.html'];

const SERVER = {
  output: 'dist',
  proof: 'dist/src/main.js',
  sources: ['src', 'libs', 'migrations', 'bench', ...SERVER_SETTINGS],
  command: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
};

const WEB = {
  output: 'web/dist',
  proof: 'web/dist/index.html',
  sources: ['src', 'public', ...WEB_SETTINGS].map((path) => `web/${path}`),
  // Without the type check of `npm run build:web`, which doubles the time: `npm run check` has it.
  command: ['web/node_modules/vite/bin/vite.js', 'build', 'web'],
};

export const ensureServerBuilt = (root, tools) => ensureBuilt(root, SERVER, tools);
export const ensureWebBuilt = (root, tools) => ensureBuilt(root, WEB, tools);

/** Builds unless the output was made from just these sources; by content, as git changes times. */
async function ensureBuilt(root, target, { say, track }) {
  const stamp = hashOf(root, target.sources);
  const stampFile = join(root, target.output, STAMP_FILE);
  if (existsSync(join(root, target.proof)) && readText(stampFile) === stamp) {
    return { summary: 'up to date' };
  }
  say('building');
  const { code, output } = await run(process.execPath, target.command, { cwd: root, track });
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
