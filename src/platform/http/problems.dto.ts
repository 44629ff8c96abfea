import { TextDto } from './text.dto.js';

/** One kind of refusal; its address is the `type` of the problem answers. */
export class ProblemKindDto {
  /** @example "insufficient-credit" */
  code: string;

  /** @example 422 */
  status: number;

  title: TextDto;

  /** What the caller should change. */
  change: TextDto;
}
