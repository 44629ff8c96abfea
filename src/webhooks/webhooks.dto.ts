import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  MaxLength,
} from 'class-validator';
import { IsPlainText, PageQuery } from '../platform/http/index.js';
import { type DeliveryState, EVENT_TYPES, type EventType } from './webhook.js';

const STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'given-up', 'stopped'];

export class NewWebhookDto {
  /**
   * An HTTPS address on a public server. Redirects are not followed.
   * @example "https://school.example/hooks/credit-bank"
   */
  @IsString()
  @IsPlainText()
  @MaxLength(2_000)
  url: string;

  /**
   * What to be told of.
   * @example ["outcome.posted", "import.finished"]
   */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(20)
  @IsIn(EVENT_TYPES, { each: true })
  types: EventType[];

  /** @example "教务系统 / student records" */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 200)
  description?: string;
}

/** A key that signs what is sent. Only its public half is ever shown. */
export class WebhookKeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000062" */
  id: string;

  /**
   * Ed25519, as Standard Webhooks writes it.
   * @example "whpk_8VqWkWzFyDqPzP1ocVbmvCEmmX9KUwG0sJ4ZrqP3m2w="
   */
  publicKey: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /**
   * When it stops signing; null for the newest.
   * @example "2026-11-24T09:30:00.000Z"
   */
  endsAt: string | null;
}

export class WebhookDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000061" */
  id: string;

  /** @example "https://school.example/hooks/credit-bank" */
  url: string;

  /** @example ["outcome.posted"] */
  types: EventType[];

  /** @example "教务系统 / student records" */
  description: string;

  /** `disabled`: nothing is sent until it is enabled again. */
  state: 'active' | 'failing' | 'disabled';

  /** `gone`: it answered 410. `failing`: nothing could be delivered for three days. */
  disabledReason: 'by-hand' | 'gone' | 'failing' | null;

  /**
   * Since when nothing could be delivered.
   * @example "2026-11-24T02:10:00.000Z"
   */
  failingSince: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** Each message is signed by all of them; the newest first. */
  keys: WebhookKeyDto[];
}

export class WebhookListDto {
  items: WebhookDto[];
}

export class WebhookAttemptDto {
  /**
   * Of the answer; null when there was none.
   * @example 204
   */
  status: number | null;

  /**
   * Why there was no answer.
   * @example "no-connection"
   */
  fault: string | null;

  /** @example 48 */
  durationMs: number;

  /** @example "2026-11-23T09:30:00.250Z" */
  at: string;
}

export class WebhookDeliveryDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000063" */
  id: string;

  /**
   * The `webhook-id` of the message: the same for every try and every replay.
   * @example "evt_0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  messageId: string;

  /** @example "outcome.posted" */
  type: string;

  /**
   * Ids, codes and states of what happened.
   * @example { "outcome": "0198c5a2-7a10-7123-8f00-0123456789ab" }
   */
  data: Record<string, unknown>;

  /** @example "2026-11-23T09:30:00.000Z" */
  occurredAt: string;

  /** `stopped`: the endpoint was disabled or removed before. */
  state: DeliveryState;

  /** @example 2 */
  attempts: number;

  /**
   * When it is tried next; null when it is not.
   * @example "2026-11-23T09:35:00.000Z"
   */
  nextAt: string | null;
}

export class WebhookDeliveryPageDto {
  items: WebhookDeliveryDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwNjMiXQ"
   */
  next: string | null;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto {
  /** Oldest first. */
  log: WebhookAttemptDto[];
}

export class WebhookDeliveriesQuery extends PageQuery {
  /** Only deliveries in this state. */
  @IsOptional()
  @IsIn(STATES)
  state?: DeliveryState;
}
