import type { IncomingHttpHeaders } from 'node:http';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request only reads, so that a foreign page gains nothing by causing it. */
export function isReading(method: string): boolean {
  return READING.has(method);
}

/**
 * Whether the browser says that the request comes from a page of this service. `Sec-Fetch-Site`
 * decides where it is sent; older browsers send `Origin`. A request with neither is refused: no
 * browser that signs in here leaves out both.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
