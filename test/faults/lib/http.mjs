import { Agent, request } from 'node:http';

const TIMEOUT_MS = 15_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request; rejects when the connection breaks before the whole answer is here. */
export function send({ port, method, path, key, json, form }) {
  const payload = form ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
  const type = form ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/json';
  const headers = {
    authorization: `Bearer ${key}`,
    ...(payload ? { 'content-type': type, 'content-length': payload.length } : {}),
  };
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port, method, path, headers, timeout: TIMEOUT_MS };
    const call = request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        // A server that dies in the middle ends the stream too.
        if (!response.complete) return reject(new Error('the answer broke off'));
        resolve({ status: response.statusCode, headers: response.headers, body: parse(chunks) });
      });
      response.on('close', () => reject(new Error('the answer broke off')));
    });
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', reject);
    call.end(payload);
  });
}

const BOUNDARY = 'the-boundary-of-the-fault-run';

export function fileForm(name, bytes) {
  const head =
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    'content-type: text/csv\r\n\r\n';
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

function parse(chunks) {
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
