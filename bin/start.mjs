#!/usr/bin/env node
// `npm start`. Until packages are installed only what Node itself brings may be imported.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/launcher.mjs';

await launch(dirname(dirname(fileURLToPath(import.meta.url))));
