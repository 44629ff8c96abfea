import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CompiledRulebook } from '#libs/rules';
import type { ScorePartsDocument } from '#libs/schemes';
import { History } from '../history/index.js';
import { Institutions } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  encodeCursor,
  idCursor,
  notFound,
  orThrow,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Rulebook, SchemeReader } from '../rulebook/index.js';
import { Judge } from './judge.js';
import type { Place, Scheme } from './scheme.js';
import type { NewPlaceDto, NewSchemeDto, SchemeDetailDto, SchemePageDto } from './schemes.dto.js';
import { type NewScheme, SchemesStore } from './schemes.store.js';
import { type SchemeContext, toSchemeDetailDto, toSchemeDto } from './schemes.views.js';

/** Plans of a year: published by the authority, seen by everybody. */
@Injectable()
export class Schemes {
  readonly #reader = new SchemeReader();

  constructor(
    private readonly database: Database,
    private readonly store: SchemesStore,
    private readonly judge: Judge,
    private readonly rulebook: Rulebook,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list(query: PageQuery): Promise<SchemePageDto> {
    const before = idCursor(query.after);
    return this.database.read(async (tx) => {
      const rows = await this.store.list(tx, { before, limit: query.limit + 1 });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      const ids = page.items.map(({ id }) => id);
      const places = await this.store.listPlaces(tx, ids);
      const items = [];
      for (const scheme of page.items) {
        items.push(toSchemeDto(scheme, await this.contextOf(tx, scheme, places)));
      }
      return { items, next: page.next };
    });
  }

  show(code: string): Promise<SchemeDetailDto> {
    return this.database.read(async (tx) => this.#detail(tx, await this.require(tx, code)));
  }

  /**
   * Publishes a plan around the version of the rules that governs on its first day. Refuses days that
   * do not follow each other, rules that give credit or are not in the document, and a code twice.
   */
  publish(principal: Principal, wanted: NewSchemeDto): Promise<SchemeDetailDto> {
    return this.database.transaction((tx) => this.publishWithin(tx, principal, wanted));
  }

  /** {@link publish} in a transaction of the caller. */
  async publishWithin(
    tx: EntityManager,
    principal: Principal,
    wanted: NewSchemeDto,
  ): Promise<SchemeDetailDto> {
    const { opens, closes, evidenceUntil, programme } = wanted;
    if (opens > closes || evidenceUntil > closes) throw refusal('admission-scheme-days');
    if (principal.institutionId === null) throw refusal('no-institution');
    const { compiled } = await this.rulebook.compiledFor(tx, programme, opens);
    const rules = checkedRules(compiled, wanted.rules ?? []);
    const scoring = this.#scoringOf(wanted.scoring);
    const scheme: NewScheme = {
      id: newId(),
      code: wanted.code,
      programme,
      year: wanted.year,
      title: wanted.title,
      ruleHash: compiled.hash,
      rules,
      scoring: scoring?.document ?? null,
      scoringHash: scoring?.hash ?? null,
      opensOn: opens,
      closesOn: closes,
      evidenceUntil,
      institutionId: principal.institutionId,
      actor: principal.id,
      publishedAt: this.clock.now(),
      places: await this.#placesOf(tx, wanted.places),
    };
    if (!(await this.store.insert(tx, scheme))) throw refusal('admission-scheme-taken');
    await this.history.record(tx, principal, {
      institutionId: principal.institutionId,
      subject: { kind: 'admission-scheme', id: scheme.id },
      action: 'published',
      after: { code: scheme.code, programme, ruleHash: compiled.hash, opens, closes },
    });
    return this.#detail(tx, scheme);
  }

  /** Changes how many places there are, never below who is admitted. */
  setPlaces(
    principal: Principal,
    code: string,
    placeId: string,
    places: number,
  ): Promise<SchemeDetailDto> {
    return this.database.transaction(async (tx) => {
      const scheme = await this.require(tx, code);
      const place = await this.requirePlace(tx, scheme, placeId);
      if (!(await this.store.setPlaces(tx, place.id, places))) {
        const { admitted } = await this.requirePlace(tx, scheme, placeId);
        throw refusal('admission-places-below', { admitted: String(admitted) });
      }
      await this.history.record(tx, principal, {
        institutionId: place.institutionId,
        subject: { kind: 'admission-place', id: place.id },
        action: 'set',
        before: { places: place.places },
        after: { places },
      });
      return this.#detail(tx, scheme);
    });
  }

  /** Throws `not-found`. */
  async require(tx: EntityManager, code: string): Promise<Scheme> {
    const scheme = await this.store.find(tx, code);
    if (!scheme) throw notFound();
    return scheme;
  }

  /** Throws `not-found`, also for a place of another scheme. */
  async requirePlace(tx: EntityManager, scheme: Scheme, id: string): Promise<Place> {
    const place = isUuid(id) ? await this.store.findPlace(tx, id) : undefined;
    if (place?.schemeId !== scheme.id) throw notFound();
    return place;
  }

  /** What views need to know besides the scheme itself. */
  async contextOf(
    tx: EntityManager,
    scheme: Scheme,
    places: readonly Place[],
  ): Promise<SchemeContext> {
    return {
      rules: await this.judge.rulesOf(tx, scheme),
      places,
      institutions: new Map((await this.institutions.list(tx)).map((one) => [one.id, one])),
      today: this.clock.today(),
    };
  }

  async #detail(tx: EntityManager, scheme: Scheme): Promise<SchemeDetailDto> {
    const places = await this.store.listPlaces(tx, [scheme.id]);
    return toSchemeDetailDto(scheme, await this.contextOf(tx, scheme, places));
  }

  #scoringOf(text: string | undefined): { document: ScorePartsDocument; hash: string } | undefined {
    if (text === undefined) return undefined;
    const { document, hash, kind } = orThrow(this.#reader.read(text));
    if (kind.kind !== 'score-parts') throw refusal('admission-scheme-scoring', { kind: kind.kind });
    return { document: document as ScorePartsDocument, hash };
  }

  async #placesOf(tx: EntityManager, wanted: readonly NewPlaceDto[]): Promise<NewScheme['places']> {
    const seen = new Set<string>();
    const places: NewScheme['places'][number][] = [];
    for (const { institution, major, title, places: count } of wanted) {
      const { id } = await this.institutions.getByCode(tx, institution);
      if (seen.has(`${id} ${major}`))
        throw refusal('admission-place-twice', { institution, major });
      seen.add(`${id} ${major}`);
      places.push({ id: newId(), institutionId: id, major, title, places: count });
    }
    return places;
  }
}

/** Refuses rules that give credit, and names that are in no rule of the document. */
function checkedRules({ rulebook }: CompiledRulebook, named: readonly string[]): string[] {
  const giving = rulebook.rules.find(({ grants }) =>
    grants.some(({ effect }) => effect === 'credit'),
  );
  if (giving) throw refusal('admission-scheme-credit', { rule: giving.id });
  const known = new Set(rulebook.rules.map(({ id }) => id));
  for (const rule of named) {
    if (!known.has(rule)) throw refusal('admission-scheme-rule', { rule });
  }
  return [...new Set(named)];
}
