import { CliFailure } from './failure.mjs';

const TIMEOUT_MS = 60_000;

/**
 * Calls of the HTTP API with fetch. Every answer has `line` ("POST /v1/shares 201"), `status`,
 * `headers` and `body` (parsed when it is JSON, otherwise a Buffer).
 */
export class Service {
  /** Called with each answer, to print or record it. */
  onAnswer = () => {};

  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
  }

  get(path, options) {
    return this.request('GET', path, options);
  }

  post(path, options) {
    return this.request('POST', path, options);
  }

  /**
   * @param options `key` (API key) or `cookie` (session), `json` or `form` as the body,
   *   `accept` and `language` as headers, `quiet` to keep polling out of the record
   */
  async request(method, path, options = {}) {
    const response = await this.#fetch(path, {
      method,
      headers: headersOf(options, this.baseUrl),
      body: options.form ?? (options.json && JSON.stringify(options.json)),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = {
      line: `${method} ${path} ${response.status}`,
      status: response.status,
      headers: response.headers,
      body: await readBody(response),
    };
    if (!options.quiet) this.onAnswer(answer);
    return answer;
  }

  async #fetch(path, init) {
    try {
      return await fetch(this.baseUrl + path, init);
    } catch (error) {
      const reason = error.cause?.code ?? error.cause?.message ?? error.message;
      throw new CliFailure(
        `${this.baseUrl} does not answer (${reason}). Is the service running? \`npm start\` starts it.`,
      );
    }
  }
}

function headersOf({ key, cookie, json, accept = 'application/json', language = 'en' }, baseUrl) {
  return {
    accept,
    'accept-language': language,
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    // A session writes only from the service's own pages; a browser would send their origin.
    ...(cookie ? { cookie, origin: new URL(baseUrl).origin } : {}),
    ...(json ? { 'content-type': 'application/json' } : {}),
  };
}

async function readBody(response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  if (!isJson || bytes.length === 0) return bytes;
  return JSON.parse(bytes.toString('utf8'));
}

/** The session cookie that a sign-in answer sets, ready to be sent back. */
export function sessionCookieOf(answer) {
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return cookies.find((cookie) => cookie.startsWith('session='));
}

/** One sentence for a refused answer, with the faults of its fields. */
export function problemText({ status, body }) {
  if (!body || Buffer.isBuffer(body) || !body.code) return `status ${status}`;
  const faults = (body.errors ?? [])
    .filter((fault) => fault.detail !== body.detail)
    .map((fault) => `${fault.pointer}: ${fault.detail}`);
  return [`${body.code}: ${body.detail ?? body.title}`, ...faults].join(' ');
}
