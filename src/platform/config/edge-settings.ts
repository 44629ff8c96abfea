import { isIP } from 'node:net';
import { type Network, parseNetwork } from '../outbound/address.js';
import type { OutboundSettings } from '../outbound/target.js';
import type { MetricsAccess } from '../telemetry/metrics.js';
import { ConfigError, flag, integer } from './settings.js';

/** What one caller may ask for. Counted for all processes together. */
export interface RequestLimits {
  /** Requests a minute of one API key. */
  readonly perKey: number;
  /** Requests a minute of one person who is signed in. */
  readonly perPerson: number;
  /** Requests a minute of one address without a credential that is known. */
  readonly perAddress: number;
  /** Looks at learners an hour, of one API key. */
  readonly lookUpsPerKey: number;
  /** Looks at learners an hour, of one member of staff. */
  readonly lookUpsPerPerson: number;
}

/** How the service behaves towards whoever connects to it. */
export interface EdgeSettings {
  /** Whose `X-Forwarded-For` is believed: addresses, networks, `loopback`, or false for nobody's. */
  readonly trustProxy: false | readonly string[];
  /** Null: callers are not limited. Guessing always is. */
  readonly limits: RequestLimits | null;
  /** How long a caller may take over the head of a request, in milliseconds. */
  readonly headTimeoutMs: number;
  /** How long a caller may take over a body that is no file. */
  readonly bodyTimeoutMs: number;
  /** How long a caller may take over a whole request, a file included. */
  readonly requestTimeoutMs: number;
  /** After this long without a byte a connection is closed. */
  readonly idleTimeoutMs: number;
  /** The longest statement of a request, and of work of the queue; 0 for no limit. */
  readonly requestStatementMs: number;
  readonly workStatementMs: number;
  /** Which servers of others may be called. */
  readonly outbound: OutboundSettings;
  /** Who may read `/metrics`; null: nobody, and nothing is measured. */
  readonly metrics: MetricsAccess | null;
  /** Where traces go; null: there are none. */
  readonly tracesTo: string | null;
}

const SECOND_MS = 1_000;
const LONGEST_S = 24 * 60 * 60;
const MOST = 1_000_000_000;

/** Reads the settings of this part. Throws {@link ConfigError} naming the variable to change. */
export function edgeSettings(env: NodeJS.ProcessEnv): EdgeSettings {
  const milliseconds = (name: string, standardS: number): number =>
    integer(env, name, standardS, LONGEST_S) * SECOND_MS;
  return {
    trustProxy: proxiesOf(env['TRUST_PROXY']),
    limits: flag(env, 'REQUEST_LIMITS', true) ? limitsOf(env) : null,
    headTimeoutMs: milliseconds('HEAD_TIMEOUT_SECONDS', 15),
    bodyTimeoutMs: milliseconds('BODY_TIMEOUT_SECONDS', 30),
    requestTimeoutMs: milliseconds('UPLOAD_TIMEOUT_SECONDS', 30 * 60),
    idleTimeoutMs: milliseconds('IDLE_TIMEOUT_SECONDS', 60),
    requestStatementMs: milliseconds('REQUEST_STATEMENT_SECONDS', 30),
    workStatementMs: milliseconds('WORK_STATEMENT_SECONDS', 15 * 60),
    outbound: {
      ports: portsOf(env['WEBHOOK_PORTS']),
      networks: networksOf(env['WEBHOOK_NETWORKS']),
    },
    metrics: metricsOf(env['METRICS']),
    tracesTo: tracesOf(env['OTEL_EXPORTER_OTLP_ENDPOINT']),
  };
}

function limitsOf(env: NodeJS.ProcessEnv): RequestLimits {
  return {
    perKey: integer(env, 'REQUESTS_PER_KEY', 120_000, MOST),
    perPerson: integer(env, 'REQUESTS_PER_PERSON', 3_000, MOST),
    perAddress: integer(env, 'REQUESTS_PER_ADDRESS', 12_000, MOST),
    lookUpsPerKey: integer(env, 'LOOK_UPS_PER_KEY', 200_000, MOST),
    lookUpsPerPerson: integer(env, 'LOOK_UPS_PER_PERSON', 600, MOST),
  };
}

/** Trusting everybody would let each caller choose its own address, and with it its own limit. */
function proxiesOf(text: string | undefined): EdgeSettings['trustProxy'] {
  const parts = (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
  if (parts.length === 0 || parts[0] === 'false') return false;
  const isKnown = (part: string): boolean => {
    const [address = '', bits, ...rest] = part.split('/');
    const isName = ['loopback', 'linklocal', 'uniquelocal'].includes(part);
    return isName || (isIP(address) > 0 && rest.length === 0 && /^\d{0,3}$/.test(bits ?? ''));
  };
  const foreign = parts.find((part) => !isKnown(part));
  if (foreign === undefined) return parts;
  throw new ConfigError(
    `TRUST_PROXY: "${foreign}" is no address or network of a proxy, like 10.0.0.0/8 or loopback.`,
  );
}

function portsOf(text: string | undefined): readonly number[] {
  const ports = (text || '443,8443').split(/[\s,]+/).map(Number);
  if (ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)) return ports;
  throw new ConfigError(`WEBHOOK_PORTS is "${text}"; use ports like 443,8443.`);
}

/** Inner networks that webhooks may reach all the same, for example of schools on one campus. */
function networksOf(text: string | undefined): readonly Network[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const network = parseNetwork(part);
      if (network) return network;
      throw new ConfigError(`WEBHOOK_NETWORKS: "${part}" is no network like 10.20.0.0/16.`);
    });
}

const SHORTEST_TOKEN = 16;

function metricsOf(text: string | undefined): MetricsAccess | null {
  if (text === undefined || text === '' || text === 'off') return null;
  if (text === 'loopback') return text;
  if (text.length >= SHORTEST_TOKEN) return { token: text };
  throw new ConfigError(
    `METRICS: use off, loopback, or a token of at least ${SHORTEST_TOKEN} characters.`,
  );
}

function tracesOf(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (URL.canParse(text)) return text;
  throw new ConfigError('OTEL_EXPORTER_OTLP_ENDPOINT is an address like http://127.0.0.1:4318.');
}
