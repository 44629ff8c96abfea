import { IsIn } from 'class-validator';
import { ERASURE_GROUNDS, type ErasureGround } from './erasures.store.js';

export class ErasureRequestDto {
  /**
   * The legal ground: PIPL article 47, and for withdrawn consent article 15.
   * @example "request"
   */
  @IsIn(ERASURE_GROUNDS)
  ground: ErasureGround;
}

export class ErasureDto {
  learnerId: string;

  /** `frozen`: nothing is shown, shared, counted or posted. `erased`: nothing leads back. */
  state: 'frozen' | 'erased' | 'cancelled';

  /** @example "request" */
  ground: string;

  requestedAt: string;

  /** When the data is destroyed, if the request stands until then. */
  dueAt: string;

  erasedAt: string | null;
}

export class ErasedIdDto {
  learnerId: string;

  /** @example "2026-11-24T02:10:00.000000Z" */
  at: string;
}

export class ErasedPageDto {
  items: ErasedIdDto[];
  next: string | null;
}
