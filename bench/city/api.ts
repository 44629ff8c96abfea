/** How long nothing may be heard of a file. */
const PATIENCE_MS = 600_000;
const SHORTEST_POLL_MS = 25;
const LONGEST_POLL_MS = 500;

/** An answer that nobody expected. */
export class Unexpected extends Error {}

/** The public API, as one caller after the other. */
export class Api {
  constructor(readonly baseUrl: string) {}

  get<T>(key: string, path: string): Promise<T> {
    return this.#send<T>(key, path, { method: 'GET' });
  }

  post<T>(key: string, path: string, body: object = {}): Promise<T> {
    return this.#send<T>(key, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  upload<T>(key: string, path: string, { name, file }: { name: string; file: Blob }): Promise<T> {
    const form = new FormData();
    form.set('file', file, name);
    return this.#send<T>(key, path, { method: 'POST', body: form });
  }

  /** Asks again until an answer is as wanted. Throws {@link Unexpected} when nothing ever moves. */
  async until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
    let pauseMs = SHORTEST_POLL_MS;
    let [seen, since] = ['', Date.now()];
    for (;;) {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      const text = JSON.stringify(answer);
      if (text !== seen) [seen, since] = [text, Date.now()];
      else if (Date.now() - since > PATIENCE_MS) throw new Unexpected(`nothing moves: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(LONGEST_POLL_MS, pauseMs * 1.5);
    }
  }

  async #send<T>(key: string, path: string, request: RequestInit): Promise<T> {
    const headers = { ...request.headers, authorization: `Bearer ${key}` };
    const response = await fetch(this.baseUrl + path, { ...request, headers });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Unexpected(`${request.method} ${path}: ${response.status} ${text}`);
  }
}
