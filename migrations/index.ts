import type { MigrationInterface } from 'typeorm';
import { Platform1764000000001 } from './0001-platform.js';

/** Every migration, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [Platform1764000000001];
