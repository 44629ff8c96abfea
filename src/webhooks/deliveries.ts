import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { KeyHolders, Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { type DomainEvent, DomainEvents } from '../platform/events/index.js';
import { hashId, newId } from '../platform/ids/index.js';
import { Outbound } from '../platform/outbound/index.js';
import { DailyTasks, TaskHandlers, Tasks } from '../platform/queue/index.js';
import { signedHeaders } from './signing.js';
import { type Attempt, type Delivery, type Endpoint, judge } from './webhook.js';
import { WebhooksStore } from './webhooks.store.js';

const DELIVER = 'webhooks.deliver';
const PRUNE = 'webhooks.prune';

/** Longer than a try may take: a worker that dies in it gives the delivery back by itself. */
const LEASE_MS = 60_000;
const PLAN_EVERY_MS = 2_000;
const DUE_AT_ONCE = 200;
/** Who listens is asked for so often by each process. */
const LISTENING_MS = 2_000;
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

const SERVICE = { id: 'service', name: 'webhooks', institutionId: null } as const;

/** Writes down who is to be told of what, tells them, and tries again. */
@Injectable()
export class Deliveries implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('webhooks');
  #listening: { ids: ReadonlySet<string>; readAtMs: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly store: WebhooksStore,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
    private readonly outbound: Outbound,
    private readonly history: History,
    private readonly events: DomainEvents,
    private readonly tasks: Tasks,
    private readonly handlers: TaskHandlers,
    private readonly daily: DailyTasks,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'webhook_key', key: ['endpoint_id', 'id'] });
    this.events.listen((tx, event) => this.#hear(tx, event));
    this.handlers.register<{ deliveryId: string }>(
      DELIVER,
      ({ deliveryId }) => this.deliver(deliveryId),
      'outbound',
    );
    this.daily.register(PRUNE, () => this.#prune());
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'app') return;
    this.#timer = setInterval(() => {
      this.plan().catch((error: Error) => this.#logger.warn(error.message));
    }, PLAN_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** Called when an endpoint changes: this process need not wait to know it. */
  forgetListening(): void {
    this.#listening = undefined;
  }

  /** Gives an event to one endpoint, as if it happened now. */
  async send(tx: EntityManager, endpointId: string, event: DomainEvent): Promise<string> {
    const eventId = newId();
    await this.store.insertEvent(tx, eventId, event);
    return this.again(tx, endpointId, eventId);
  }

  /** Gives an event that is stored to an endpoint: once more, under the id it had. */
  async again(tx: EntityManager, endpointId: string, eventId: string): Promise<string> {
    const id = newId();
    await this.store.insertDelivery(tx, { id, endpointId, eventId });
    await this.tasks.add(tx, DELIVER, { deliveryId: id });
    return id;
  }

  /** Hands deliveries whose time has come to the queue. */
  async plan(): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const due of await this.store.listDue(tx, this.clock.now(), DUE_AT_ONCE)) {
        const id = hashId('webhook', due.id, String(due.attempts), due.nextAt.toISOString());
        // The first try has a task of its own since the event; a second one would find nothing due.
        if (due.attempts === 0 && !isOld(due.nextAt, this.clock.now())) continue;
        await this.tasks.add(tx, DELIVER, { deliveryId: due.id }, { id });
      }
    });
  }

  /** One try. What came of it is written down; whoever runs it again finds nothing due. */
  async deliver(deliveryId: string): Promise<void> {
    const taken = await this.#take(deliveryId);
    if (!taken) return;
    const { delivery, endpoint, headers, body } = taken;
    const startedAt = performance.now();
    const result = await this.outbound.post({ url: endpoint.url, headers, body });
    const attempt: Attempt = {
      status: result.ok ? result.status : null,
      fault: result.ok ? null : result.fault,
      durationMs: Math.round(performance.now() - startedAt),
      attemptedAt: this.clock.now(),
    };
    await this.#conclude(delivery, attempt);
  }

  async #hear(tx: EntityManager, event: DomainEvent): Promise<void> {
    if (!(await this.#listeningIds(tx)).has(event.institutionId)) return;
    const endpoints = (await this.store.listEndpoints(tx, event.institutionId)).filter(
      ({ disabledAt, types }) => disabledAt === null && types.some((type) => type === event.type),
    );
    if (endpoints.length === 0) return;
    const eventId = newId();
    await this.store.insertEvent(tx, eventId, event);
    for (const { id } of endpoints) await this.again(tx, id, eventId);
  }

  /** Without listeners a posting costs no statement more. */
  async #listeningIds(tx: EntityManager): Promise<ReadonlySet<string>> {
    const now = Date.now();
    if (!this.#listening || now - this.#listening.readAtMs > LISTENING_MS) {
      this.#listening = { ids: new Set(await this.store.listListening(tx)), readAtMs: now };
    }
    return this.#listening.ids;
  }

  #take(
    deliveryId: string,
  ): Promise<
    | { delivery: Delivery; endpoint: Endpoint; headers: Record<string, string>; body: string }
    | undefined
  > {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const delivery = await this.store.takeDue(tx, deliveryId, now);
      if (!delivery) return undefined;
      const endpoint = await this.store.findEndpoint(tx, delivery.endpointId);
      const move = (nextAt: Date, state: Delivery['state'] = 'waiting'): Promise<void> =>
        this.store.moveDelivery(tx, deliveryId, { state, nextAt, isTried: false });
      if (!endpoint || endpoint.disabledAt !== null) {
        await move(now, 'stopped');
        return undefined;
      }
      if (delivery.attempts === 0 && endpoint.resumeAt !== null && endpoint.resumeAt > now) {
        await move(endpoint.resumeAt);
        return undefined;
      }
      await move(new Date(now.getTime() + LEASE_MS));
      const body = bodyOf(delivery);
      const message = { id: `evt_${delivery.eventId}`, timestamp: now, body };
      const headers = signedHeaders(message, await this.#privateKeys(tx, endpoint.id, now));
      return { delivery, endpoint, headers, body };
    });
  }

  async #privateKeys(tx: EntityManager, endpointId: string, now: Date): Promise<Buffer[]> {
    const keys = await this.store.listKeys(tx, endpointId, now);
    return keys.map(({ id, wrappedKey, sealed }) =>
      this.keyring.open(this.keyring.unwrap(wrappedKey), sealed, contextOfKey(endpointId, id)),
    );
  }

  async #conclude(delivery: Delivery, attempt: Attempt): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.store.insertAttempt(tx, delivery.id, attempt);
      const endpoint = await this.store.findEndpoint(tx, delivery.endpointId);
      if (!endpoint) return;
      const { state, nextAt, disable, failingSince, resumeAt } = judge(delivery, endpoint, attempt);
      await this.store.moveDelivery(tx, delivery.id, { state, nextAt, isTried: true });
      await this.store.setHealth(tx, endpoint.id, { failingSince, resumeAt });
      if (disable === null || endpoint.disabledAt !== null) return;
      await this.store.disable(tx, endpoint.id, disable);
      await this.history.record(tx, SERVICE, {
        institutionId: endpoint.institutionId,
        subject: { kind: 'webhook', id: endpoint.id },
        action: 'disabled',
        before: { enabled: true },
        after: { enabled: false, reason: disable },
      });
      this.#logger.warn({ endpointId: endpoint.id, reason: disable }, 'webhook disabled');
      this.forgetListening();
    });
  }

  async #prune(): Promise<void> {
    const moment = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.database.transaction((tx) => this.store.forgetBefore(tx, moment));
  }
}

/** Binds a sealed private key to its endpoint. */
export function contextOfKey(endpointId: string, keyId: string): string {
  return `webhook-key|${endpointId}|${keyId}`;
}

function bodyOf({ type, occurredAt, data }: Delivery): string {
  return JSON.stringify({ type, timestamp: occurredAt.toISOString(), data });
}

function isOld(nextAt: Date, now: Date): boolean {
  return now.getTime() - nextAt.getTime() > LEASE_MS / 4;
}
