import { Global, Module } from '@nestjs/common';
import { Outbound, Resolver } from './outbound.js';

@Global()
@Module({ providers: [Outbound, Resolver], exports: [Outbound] })
export class OutboundModule {}
