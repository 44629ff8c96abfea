import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { findInCheckout } from '../platform/config/index.js';
import { Rulebook } from '../rulebook/index.js';

const FOLDER = 'rulebooks/district';
/** Goals that stand on outcomes of several kinds of schools, of teachers and of older people. */
const GOALS = [
  'rulebooks/pathways/dual-qualified-teacher.yaml',
  'rulebooks/pathways/lifelong-care.yaml',
];
/** Written as the one who published. */
const ACTOR = 'demonstration';
/** More programmes than the district has. */
const MOST_PROGRAMMES = 100;

/** Publishes the rulebooks of the district, and those of its goals for teachers and older people. */
@Injectable()
export class RulesSeeder {
  constructor(private readonly rulebook: Rulebook) {}

  /** @returns the codes of the programmes that the rulebooks govern */
  async publish(tx: EntityManager): Promise<string[]> {
    const folder = findInCheckout(FOLDER);
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const paths = [
      ...files.toSorted().map((name) => join(folder, name)),
      ...GOALS.map((path) => findInCheckout(path)),
    ];
    for (const path of paths) await this.rulebook.publish(tx, readFileSync(path, 'utf8'), ACTOR);
    const { items } = await this.rulebook.listProgrammes(tx, { limit: MOST_PROGRAMMES });
    return items.map(({ code }) => code);
  }
}
