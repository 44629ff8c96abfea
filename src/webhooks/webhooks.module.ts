import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { Deliveries } from './deliveries.js';
import { WebhooksController } from './webhooks.controller.js';
import { Webhooks } from './webhooks.service.js';
import { WebhooksStore } from './webhooks.store.js';

@Module({
  imports: [HistoryModule],
  controllers: [WebhooksController],
  providers: [Deliveries, Webhooks, WebhooksStore],
  exports: [Webhooks],
})
export class WebhooksModule {}
