import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A provider in a process of its own. */
export interface TestProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** Starts a real provider that knows these people by their claims. */
export async function startProvider(
  callback: string,
  people: Readonly<Record<string, object>>,
  idTokenSeconds = 3600,
): Promise<TestProvider> {
  const child = spawn(process.execPath, [join(__dirname, 'oidc-provider.mjs'), callback], {
    env: {
      ...process.env,
      PEOPLE: JSON.stringify(people),
      ID_TOKEN_SECONDS: String(idTokenSeconds),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    if (line.startsWith('http')) return { issuer: line, stop: () => stop(child) };
  }
  throw new Error('the provider did not start');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/**
 * Signs in at the provider as a browser would, by its own form, and answers the address to which it
 * sends the browser back.
 */
export async function signInAt(authorization: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = authorization;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 10; step += 1) {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: form }),
    });
    form = undefined;
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (location) {
      url = new URL(location, url).href;
      if (url.includes('/v1/session/provider/callback')) return url;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`no form at ${url}: ${page.slice(0, 300)}`);
    url = new URL(action, url).href;
    form = new URLSearchParams({ prompt: 'login', login, password: 'anything' });
  }
  throw new Error('the provider sent the browser in circles');
}
