import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type VerifierKey, isKeyName, parseVerifierKey } from '#libs/merkle';
import { type AccessSettings, accessSettings } from './access-settings.js';
import { type EdgeSettings, edgeSettings } from './edge-settings.js';
import { readKey, readOldKeys } from './keys.js';
import { ConfigError, flag, integer } from './settings.js';
import { type TwoPeopleSettings, twoPeopleSettings } from './two-people-settings.js';
import { LOG_LEVELS, type LogLevel } from '../logging/log.js';

/** AES-256-GCM and HMAC-SHA-256, or SM4 and SM3 (GM/T 0002, GM/T 0004). */
export type CipherName = 'intl' | 'gm';

export type ProcessRole = 'all' | 'app' | 'worker';

/** Everything the service reads from its environment, once, at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Address people use to reach the service; printed in links, QR codes and `demo.json`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Starts on a server that can lose acknowledged entries in a crash. For tests and trials. */
  readonly allowDataLoss: boolean;
  /** Spreads the tables over a Citus cluster after the migrations. */
  readonly distributed: 'citus' | null;
  /** Redis for the queue; without it BullMQ runs on PostgreSQL. */
  readonly redisUrl: string | null;
  readonly role: ProcessRole;
  /** Wraps the learners' data keys. 32 bytes, never stored in the database. */
  readonly masterKey: Buffer;
  /** Master keys that still wrap something and are being replaced. */
  readonly oldMasterKeys: readonly Buffer[];
  /** Keys the blind index of identity numbers. 32 bytes, never stored in the database. */
  readonly indexKey: Buffer;
  /** Index keys under which some people are still found. */
  readonly oldIndexKeys: readonly Buffer[];
  /** What new data is sealed with: the international or the national algorithms. */
  readonly cipherProfile: CipherName;
  /** From a request for erasure to the destruction, in days. */
  readonly erasureDelayDays: number;
  /** Makes the key that signs checkpoints of the public log. 32 bytes, never in the database. */
  readonly logKey: Buffer;
  /** The log's name when its first checkpoint is signed; from then on the name stays. */
  readonly logOrigin: string;
  /** Who may add a second signature to checkpoints. */
  readonly logWitnesses: readonly VerifierKey[];
  /** Between two seals of all accounts, in milliseconds. */
  readonly sealPauseMs: number;
  /** Whose credentials are known besides our own: DIDs. */
  readonly trustedIssuers: readonly string[];
  /** The VC-API open to everybody, for test suites on this machine. */
  readonly openVcApi: boolean;
  readonly seedDemonstration: boolean;
  readonly maxUploadBytes: number;
  /** How long any credit can be used, counted from its deposit; null for no limit of the bank's. */
  readonly bankShelfLifeMonths: number | null;
  /** How long a receiving institution may take over a review or an appeal, in working days. */
  readonly reviewWorkingDays: number;
  /** How long after a rejection the learner may appeal, in days. */
  readonly appealDays: number;
  readonly logLevel: LogLevel;
  /** Limits and time-outs towards callers and servers of others. */
  readonly access: AccessSettings;
  readonly edge: EdgeSettings;
  readonly twoPeople: TwoPeopleSettings;
}

export const CONFIG = Symbol('CONFIG');

/** Reads and checks the environment. Throws {@link ConfigError} naming the variable to change. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(env['DATA_DIR'] ?? '.data');
  mkdirSync(dataDir, { recursive: true });
  const port = integer(env, 'PORT', 3000, 65_535);
  const host = env['HOST'] ?? '127.0.0.1';
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) {
    throw new ConfigError('DATABASE_URL is not set; `npm start` starts a PostgreSQL and sets it.');
  }
  const role = env['PROCESS_ROLE'] ?? 'all';
  if (role !== 'all' && role !== 'app' && role !== 'worker') {
    throw new ConfigError(`PROCESS_ROLE is "${role}"; use all, app or worker.`);
  }
  const publicUrl = (env['PUBLIC_URL'] ?? `http://${host}:${port}`).replace(/\/$/, '');
  const seedDemonstration = (env['SEED_DEMONSTRATION'] ?? 'true') === 'true';
  return Object.freeze({
    port,
    host,
    publicUrl,
    dataDir,
    databaseUrl,
    allowDataLoss: flag(env, 'ALLOW_DATA_LOSS', false),
    distributed: distributedOf(env['DISTRIBUTED']),
    redisUrl: env['REDIS_URL'] || null,
    role,
    masterKey: readKey(env, 'MASTER_KEY', join(dataDir, 'keys', 'master.key')),
    oldMasterKeys: readOldKeys(env, 'MASTER_KEY_OLD'),
    indexKey: readKey(env, 'INDEX_KEY', join(dataDir, 'keys', 'index.key')),
    oldIndexKeys: readOldKeys(env, 'INDEX_KEY_OLD'),
    cipherProfile: cipherProfileOf(env['CIPHER_PROFILE']),
    erasureDelayDays: integer(env, 'ERASURE_DELAY_DAYS', 30, 3650),
    logKey: readKey(env, 'LOG_KEY', join(dataDir, 'keys', 'log.key')),
    logOrigin: originOf(env['LOG_ORIGIN'], publicUrl),
    logWitnesses: witnesses(env['LOG_WITNESSES'] ?? ''),
    sealPauseMs: Math.max(1, integer(env, 'SEAL_SECONDS', 10, 86_400)) * 1000,
    trustedIssuers: issuers(env['TRUSTED_ISSUERS'] ?? ''),
    openVcApi: openVcApi(env, host),
    seedDemonstration,
    maxUploadBytes: integer(env, 'MAX_UPLOAD_MB', 512, 4096) * 1024 * 1024,
    bankShelfLifeMonths: integer(env, 'BANK_SHELF_LIFE_MONTHS', 0, 1200) || null,
    reviewWorkingDays: integer(env, 'REVIEW_WORKING_DAYS', 20, 250),
    appealDays: integer(env, 'APPEAL_DAYS', 30, 365),
    logLevel: logLevelOf(env['LOG_LEVEL'] || 'warn'),
    access: accessSettings(env, seedDemonstration),
    edge: edgeSettings(env),
    twoPeople: twoPeopleSettings(env),
  });
}

function logLevelOf(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) throw new ConfigError(`LOG_LEVEL is "${text}"; use one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

function cipherProfileOf(text: string | undefined): CipherName {
  if (text === undefined || text === '') return 'intl';
  if (text === 'intl' || text === 'gm') return text;
  throw new ConfigError(`CIPHER_PROFILE is "${text}"; use intl or gm.`);
}

function distributedOf(text: string | undefined): Config['distributed'] {
  if (text === undefined || text === '') return null;
  if (text !== 'citus')
    throw new ConfigError(`DISTRIBUTED is "${text}"; use citus or leave it out.`);
  return text;
}

/** The name of a log is its address without the scheme (C2SP tlog-tiles). */
function originOf(given: string | undefined, publicUrl: string): string {
  const origin = given || `${publicUrl.replace(/^https?:\/\//, '')}/v1/log`;
  if (!isKeyName(origin)) {
    throw new ConfigError('LOG_ORIGIN is a name without spaces and plus, like bank.example/log.');
  }
  return origin;
}

/** Public keys of witnesses, `<name>+<id>+<base64>`, with commas or spaces between. */
function witnesses(text: string): readonly VerifierKey[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const witness = parseVerifierKey(part);
      if (witness?.purpose === 'cosignature') return witness;
      throw new ConfigError(`LOG_WITNESSES: "${part}" is not the public key of a witness.`);
    });
}

/** DIDs of issuers elsewhere, with commas or spaces between. */
function issuers(text: string): readonly string[] {
  const dids = text.split(/[\s,]+/).filter((part) => part !== '');
  const wrong = dids.find((did) => !/^did:(web|key):\S+$/.test(did));
  if (wrong === undefined) return dids;
  throw new ConfigError(`TRUSTED_ISSUERS: "${wrong}" is no DID like did:web:school.example.`);
}

/** Whoever can reach it could have anything signed. */
function openVcApi(env: NodeJS.ProcessEnv, host: string): boolean {
  const isOpen = flag(env, 'OPEN_VC_API', false);
  if (!isOpen || host === '127.0.0.1' || host === 'localhost') return isOpen;
  throw new ConfigError('OPEN_VC_API is for test suites on one machine: set HOST to 127.0.0.1.');
}
