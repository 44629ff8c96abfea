import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DatedFigure, DatedFigures } from './dated-figures.js';

/** All SQL of figures from outside. INSERT and SELECT only. */
@Injectable()
export class InputsStore extends DatedFigures<DatedFigure> {
  constructor() {
    super('indicator_input');
  }

  /** When an input of a code about a day in a span was first entered; null when none was. */
  async firstEntered(
    tx: EntityManager,
    { code, from, to, knownAt }: { code: string; from: string; to: string; knownAt: Date | null },
  ): Promise<Date | null> {
    const [row] = await tx.query<{ first: Date | null }[]>(
      `SELECT min(recorded_at) AS first FROM indicator_input
        WHERE code = $1 AND on_day BETWEEN $2 AND $3
          AND ($4::timestamptz IS NULL OR recorded_at <= $4)`,
      [code, from, to, knownAt],
    );
    return row?.first ?? null;
  }
}
