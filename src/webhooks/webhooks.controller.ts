import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  NewWebhookDto,
  WebhookDeliveriesQuery,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
  WebhookDeliveryPageDto,
  WebhookDto,
  WebhookListDto,
} from './webhooks.dto.js';
import { Webhooks } from './webhooks.service.js';

/** Where your institution is told of what happened (Standard Webhooks, Ed25519). */
@ApiTags('webhooks')
@Allow('registrar', 'issuer', 'admissions', 'authority')
@Scoped('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  /** Registers an HTTPS address and the kinds of events that go there. */
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewWebhookDto,
  ): Promise<WebhookDto> {
    return this.webhooks.create(principal, body);
  }

  /** The addresses of your institution. */
  @Get()
  list(@CurrentPrincipal() principal: Principal): Promise<WebhookListDto> {
    return this.webhooks.list(principal);
  }

  /** One of them, with the public keys that sign what it gets. */
  @Get(':id')
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<WebhookDto> {
    return this.webhooks.show(principal, id);
  }

  /** Removes an address; what waits for it is not sent. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.webhooks.remove(principal, id);
  }

  /** Begins to sign with a new key; the old one signs beside it for a day. */
  @Post(':id/keys')
  rotate(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<WebhookDto> {
    return this.webhooks.rotate(principal, id);
  }

  /** Sends nothing more until it is enabled. */
  @Post(':id/disable')
  @HttpCode(200)
  disable(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<WebhookDto> {
    return this.webhooks.switch(principal, id, false);
  }

  /** Sends again, also after it was disabled for failing. */
  @Post(':id/enable')
  @HttpCode(200)
  enable(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<WebhookDto> {
    return this.webhooks.switch(principal, id, true);
  }

  /** Sends a message of the type `webhook.test`. */
  @Post(':id/test')
  @HttpCode(202)
  test(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WebhookDeliveryDto> {
    return this.webhooks.test(principal, id);
  }

  /** What was sent in the last 90 days, or is still to be; the newest first. */
  @Get(':id/deliveries')
  listDeliveries(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveryPageDto> {
    return this.webhooks.listDeliveries(principal, id, query);
  }

  /** One message with every try to deliver it. */
  @Get(':id/deliveries/:delivery')
  showDelivery(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<WebhookDeliveryDetailDto> {
    return this.webhooks.showDelivery(principal, id, delivery);
  }

  /** Sends a message again, under the same `webhook-id`. */
  @Post(':id/deliveries/:delivery/replay')
  @HttpCode(202)
  replay(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<WebhookDeliveryDto> {
    return this.webhooks.replay(principal, id, delivery);
  }
}
