import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isUuid } from '../ids/index.js';
import { isPlainText } from './plain-text.js';
import { refusal } from './refusal.js';

/** One page of a list and the cursor of the next; `null` when this is the last. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** Query parameters that every list takes. */
export class PageQuery {
  /** How many items, 1 to 100. */
  @ApiPropertyOptional({
    description: 'How many items',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 20,
    example: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;

  /** The `next` of the page before; leave out for the first page. */
  @ApiPropertyOptional({
    description: 'The `next` of the page before; leave out for the first page',
    type: 'string',
    maxLength: 400,
    example: 'WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ',
  })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  after?: string;
}

/** Packs the sort key of the last item into an opaque cursor. */
export function encodeCursor(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Unpacks a cursor of `count` parts. Refuses anything that {@link encodeCursor} did not make.
 *
 * @param isOurs whether each part, by its place, is of the kind that the list packs: an id, a time
 */
export function decodeCursor(
  cursor: string,
  count: number,
  isOurs: (part: string, place: number) => boolean = () => true,
): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(parts) &&
      parts.length === count &&
      // PostgreSQL takes no NUL; no cursor of ours holds an invisible character.
      parts.every((p, place) => typeof p === 'string' && isPlainText(p) && isOurs(p, place))
    ) {
      return parts;
    }
  } catch {
    // not base64url JSON: refused below like any other foreign text
  }
  throw refusal('malformed-request', {
    reason: 'use the "next" value of the page before as "after"',
  });
}

/** The cursor of a list in the order of ids: null begins it. Refuses a foreign one. */
export function idCursor(after: string | undefined): string | null {
  const [id = null] = after === undefined ? [] : decodeCursor(after, 1, isUuid);
  return id;
}

/** The cursor of a list in the order of moments and then ids: null begins it. Refuses a foreign one. */
export function momentCursor(after: string | undefined): [moment: string, id: string] | null {
  if (after === undefined) return null;
  const isOurs = (part: string, place: number): boolean =>
    place === 0 ? isMoment(part) : isUuid(part);
  return decodeCursor(after, 2, isOurs) as [string, string];
}

/** A part of a cursor that is a moment as `Date.toISOString` writes it. */
export function isMoment(part: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(part) && !Number.isNaN(Date.parse(part));
}

/** Cuts a list that was read with `limit + 1` rows into a page. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  if (rows.length <= limit) return { items: rows, next: null };
  const items = rows.slice(0, limit);
  return { items, next: cursorOf(items[items.length - 1] as T) };
}
