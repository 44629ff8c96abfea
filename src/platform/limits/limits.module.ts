import { Global, Module } from '@nestjs/common';
import { Limits, SharedLimits } from './limits.js';
import { RequestLimits } from './request-limits.js';

@Global()
@Module({
  providers: [SharedLimits, { provide: Limits, useExisting: SharedLimits }, RequestLimits],
  exports: [Limits, RequestLimits],
})
export class LimitsModule {}
