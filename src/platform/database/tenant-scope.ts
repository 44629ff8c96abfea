import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tenant } from './walls.js';

/** Whom the work of one request is for. Until the guard has found out, it is the service's own. */
interface Scope {
  tenant: Tenant | null;
}

const storage = new AsyncLocalStorage<Scope>();

/** Runs `work`, and all it starts, in a scope of its own: as the service, until {@link workFor}. */
export function inTenantScope<T>(work: () => T): T {
  return storage.run({ tenant: null }, work);
}

/** Says for whom the request at hand is, once that is known; null is an overseer. */
export function workFor(tenant: Tenant | null): void {
  const scope = storage.getStore();
  if (scope) scope.tenant = tenant;
}

/** Whom the work at hand is for; null for the service, its workers and overseers. */
export function currentTenant(): Tenant | null {
  return storage.getStore()?.tenant ?? null;
}
