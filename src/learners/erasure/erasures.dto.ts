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
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /**
   * `none`: nobody has asked, and all else is null. `frozen`: nothing is shown, shared, counted or
   * posted. `erased`: nothing leads back.
   * @example "frozen"
   */
  state: 'none' | 'frozen' | 'erased' | 'cancelled';

  /** @example "request" */
  ground: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  requestedAt: string | null;

  /**
   * When the data is destroyed, if the request stands until then.
   * @example "2026-12-23T09:30:00.000Z"
   */
  dueAt: string | null;

  /** @example "2026-12-23T09:31:00.000Z" */
  erasedAt: string | null;
}

export class ErasedIdDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "2026-11-24T02:10:00.000000Z" */
  at: string;
}

export class ErasedPageDto {
  items: ErasedIdDto[];

  /** @example "WyIyMDI2LTExLTI0VDAyOjEwOjAwLjAwMDAwMFoiLCIwMWEyZTdjMC01YjdlLTcxMjMtODAwMC0wMDAwMDAwMDAwMDMiXQ" */
  next: string | null;
}
