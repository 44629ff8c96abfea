import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import {
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Outbound, type TargetFault } from '../platform/outbound/index.js';
import { Deliveries, contextOfKey } from './deliveries.js';
import { newKey } from './signing.js';
import {
  type Delivery,
  type Endpoint,
  KEY_OVERLAP_MS,
  MOST_ENDPOINTS,
  TEST_TYPE,
} from './webhook.js';
import type {
  NewWebhookDto,
  WebhookDeliveriesQuery,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
  WebhookDeliveryPageDto,
  WebhookDto,
  WebhookListDto,
} from './webhooks.dto.js';
import { WebhooksStore } from './webhooks.store.js';
import { toAttemptDto, toDeliveryDto, toWebhookDto } from './webhooks.views.js';

const ADVICE: Readonly<Record<TargetFault, string>> = {
  'not-an-address': 'use a whole address like https://school.example/hooks',
  'not-https': 'use https',
  'has-credentials': 'leave out name and password; messages are signed',
  'port-not-allowed': 'use port 443 or another that the operator allows',
  'host-not-allowed': 'use a host on the public Internet',
};

/** Endpoints of institutions and what was sent to them. Another institution's do not exist. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly store: WebhooksStore,
    private readonly deliveries: Deliveries,
    private readonly outbound: Outbound,
    private readonly keyring: Keyring,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  create(
    principal: Principal,
    { url, types, description = '' }: NewWebhookDto,
  ): Promise<WebhookDto> {
    const institutionId = institutionOf(principal);
    const fault = this.outbound.check(url);
    if (fault) {
      const params = { reason: ADVICE[fault] };
      throw new Refusal({
        code: 'invalid-fields',
        faults: [{ pointer: '/url', code: 'value-malformed', params }],
      });
    }
    return this.database.transaction(async (tx) => {
      const others = await this.store.listEndpoints(tx, institutionId);
      if (others.length >= MOST_ENDPOINTS) {
        throw refusal('too-many-webhooks', { most: String(MOST_ENDPOINTS) });
      }
      const id = newId();
      await this.store.insertEndpoint(tx, { id, institutionId, url, types, description });
      await this.#addKey(tx, id);
      return this.#changed(tx, principal, id, { action: 'created', after: { url, types } });
    });
  }

  list(principal: Principal): Promise<WebhookListDto> {
    const institutionId = institutionOf(principal);
    return this.database.read(async (tx) => {
      const items: WebhookDto[] = [];
      for (const endpoint of await this.store.listEndpoints(tx, institutionId)) {
        items.push(await this.#view(tx, endpoint));
      }
      return { items };
    });
  }

  show(principal: Principal, id: string): Promise<WebhookDto> {
    return this.database.read(async (tx) => this.#view(tx, await this.#find(tx, principal, id)));
  }

  remove(principal: Principal, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { url, institutionId } = await this.#find(tx, principal, id);
      await this.store.removeEndpoint(tx, id);
      await this.#record(
        tx,
        principal,
        { id, institutionId },
        { action: 'removed', before: { url } },
      );
    });
  }

  /** Begins with a new key; the old ones sign beside it for a day. */
  rotate(principal: Principal, id: string): Promise<WebhookDto> {
    return this.database.transaction(async (tx) => {
      await this.#find(tx, principal, id);
      const before = { keys: await this.#keyIds(tx, id) };
      await this.store.endKeys(tx, id, new Date(this.clock.now().getTime() + KEY_OVERLAP_MS));
      await this.#addKey(tx, id);
      const after = { keys: await this.#keyIds(tx, id) };
      return this.#changed(tx, principal, id, { action: 'key-rotated', before, after });
    });
  }

  /** Switches an endpoint off or on again. What was stopped meanwhile is replayed by hand. */
  switch(principal: Principal, id: string, isOn: boolean): Promise<WebhookDto> {
    return this.database.transaction(async (tx) => {
      const { disabledAt } = await this.#find(tx, principal, id);
      await (isOn ? this.store.enable(tx, id) : this.store.disable(tx, id, 'by-hand'));
      return this.#changed(tx, principal, id, {
        action: isOn ? 'enabled' : 'disabled',
        before: { enabled: disabledAt === null },
        after: { enabled: isOn },
      });
    });
  }

  /** Sends a message that says nothing, to see whether it arrives. */
  test(principal: Principal, id: string): Promise<WebhookDeliveryDto> {
    return this.database.transaction(async (tx) => {
      const { institutionId } = await this.#findActive(tx, principal, id);
      const event = { type: TEST_TYPE, institutionId, data: { webhook: id } };
      const deliveryId = await this.deliveries.send(tx, id, event);
      return toDeliveryDto(await this.#findDelivery(tx, id, deliveryId));
    });
  }

  listDeliveries(
    principal: Principal,
    id: string,
    query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveryPageDto> {
    const before = idCursor(query.after);
    return this.database.read(async (tx) => {
      await this.#find(tx, principal, id);
      const page = { state: query.state ?? null, before, limit: query.limit + 1 };
      const rows = await this.store.listDeliveries(tx, id, page);
      return toPage(rows.map(toDeliveryDto), query.limit, (last) => encodeCursor(last.id));
    });
  }

  showDelivery(
    principal: Principal,
    id: string,
    deliveryId: string,
  ): Promise<WebhookDeliveryDetailDto> {
    return this.database.read(async (tx) => {
      await this.#find(tx, principal, id);
      const delivery = await this.#findDelivery(tx, id, deliveryId);
      const log = (await this.store.listAttempts(tx, deliveryId)).map(toAttemptDto);
      return { ...toDeliveryDto(delivery), log };
    });
  }

  /** Sends the same message again, under the id it had. */
  replay(principal: Principal, id: string, deliveryId: string): Promise<WebhookDeliveryDto> {
    return this.database.transaction(async (tx) => {
      await this.#findActive(tx, principal, id);
      const { eventId } = await this.#findDelivery(tx, id, deliveryId);
      const again = await this.deliveries.again(tx, id, eventId);
      return toDeliveryDto(await this.#findDelivery(tx, id, again));
    });
  }

  async #keyIds(tx: EntityManager, id: string): Promise<string[]> {
    return (await this.store.listKeys(tx, id, this.clock.now())).map((key) => key.id);
  }

  async #addKey(tx: EntityManager, endpointId: string): Promise<void> {
    const id = newId();
    const { publicKey, privateKey } = newKey();
    const { key, wrapped: wrappedKey } = this.keyring.newDataKey();
    const sealed = this.keyring.seal(key, privateKey, contextOfKey(endpointId, id));
    await this.store.insertKey(tx, endpointId, { id, publicKey, wrappedKey, sealed });
  }

  async #changed(
    tx: EntityManager,
    principal: Principal,
    id: string,
    change: { action: string; before?: object; after?: object },
  ): Promise<WebhookDto> {
    const endpoint = await this.#find(tx, principal, id);
    await this.#record(tx, principal, endpoint, change);
    return this.#view(tx, endpoint);
  }

  async #record(
    tx: EntityManager,
    principal: Principal,
    { id, institutionId }: Pick<Endpoint, 'id' | 'institutionId'>,
    change: { action: string; before?: object; after?: object },
  ): Promise<void> {
    this.deliveries.forgetListening();
    const subject = { kind: 'webhook', id };
    await this.history.record(tx, principal, { institutionId, subject, ...change });
  }

  async #view(tx: EntityManager, endpoint: Endpoint): Promise<WebhookDto> {
    const keys = await this.store.listKeys(tx, endpoint.id, this.clock.now());
    return toWebhookDto(endpoint, keys);
  }

  async #find(tx: EntityManager, principal: Principal, id: string): Promise<Endpoint> {
    const endpoint = isUuid(id) ? await this.store.findEndpoint(tx, id) : undefined;
    if (!endpoint || endpoint.institutionId !== principal.institutionId) throw notFound();
    return endpoint;
  }

  async #findActive(tx: EntityManager, principal: Principal, id: string): Promise<Endpoint> {
    const endpoint = await this.#find(tx, principal, id);
    if (endpoint.disabledAt !== null) throw refusal('webhook-disabled');
    return endpoint;
  }

  async #findDelivery(tx: EntityManager, endpointId: string, id: string): Promise<Delivery> {
    const delivery = isUuid(id) ? await this.store.findDelivery(tx, endpointId, id) : undefined;
    if (!delivery) throw notFound();
    return delivery;
  }
}

function institutionOf({ institutionId }: Principal): string {
  if (institutionId === null) throw refusal('no-institution');
  return institutionId;
}
