import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config/index.js';

/** What `DATA_DIR/demo.json` holds: all one needs to try the demonstration district. */
export interface DemoFile {
  readonly baseUrl: string;
  readonly keys: readonly {
    readonly institution: string;
    readonly institutionCode: string;
    readonly roles: readonly string[];
    readonly key: string;
  }[];
  readonly accounts: readonly {
    readonly name: string;
    readonly password: string;
    readonly roles: readonly string[];
    readonly institution?: string;
    readonly learnerId?: string;
  }[];
  readonly learners: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly note: string;
  }[];
  readonly programmes: readonly string[];
}

export function demoFilePath(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'demo.json');
}

/** Writes the file for its owner's eyes only: it holds the only readable copy of the secrets. */
export function writeDemoFile(config: Pick<Config, 'dataDir'>, content: DemoFile): void {
  const path = demoFilePath(config);
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  // The mode of writeFileSync counts for new files only.
  chmodSync(path, 0o600);
}

/** Undefined when there is no file, or none that can be read. */
export function readDemoFile(config: Pick<Config, 'dataDir'>): DemoFile | undefined {
  try {
    return JSON.parse(readFileSync(demoFilePath(config), 'utf8')) as DemoFile;
  } catch {
    return undefined;
  }
}
