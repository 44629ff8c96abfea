import { waitUntil } from '../../../bin/lib/process.mjs';

/** Somebody of the demonstration who asks the service without a browser, by session or key. */
export class Caller {
  constructor(base, headers) {
    this.base = base;
    this.headers = headers;
  }

  /** The account's session; its cookie can be handed to a browser. */
  static async signIn({ base, accounts }, name) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (!account) throw new Error(`the demonstration has no account ${name}`);
    const answer = await fetch(`${base}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password: account.password }),
    });
    if (!answer.ok) throw new Error(`${name} cannot sign in: ${await answer.text()}`);
    const [pair] = answer.headers.getSetCookie()[0].split(';');
    const caller = new Caller(base, {
      cookie: pair,
      origin: base,
      'sec-fetch-site': 'same-origin',
    });
    const at = pair.indexOf('=');
    caller.cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), url: base };
    return caller;
  }

  async send(method, path, body) {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      ...(body instanceof FormData ? { headers: this.headers, body } : this.#json(body)),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  #json(body) {
    if (body === undefined) return { headers: this.headers };
    const headers = { ...this.headers, 'content-type': 'application/json' };
    return { headers, body: JSON.stringify(body) };
  }

  get(path) {
    return this.send('GET', path);
  }

  post(path, body) {
    return this.send('POST', path, body);
  }

  /** Asks until the answer is as wanted. */
  async until(path, isDone, timeoutMs = 60_000) {
    let answer;
    const came = await waitUntil(
      async () => isDone((answer = await this.get(path))),
      timeoutMs,
      200,
    );
    if (!came) throw new Error(`${path} stays ${JSON.stringify(answer).slice(0, 300)}`);
    return answer;
  }
}
