import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Learners } from '../learners/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { encodeCursor, idCursor, notFound, refusal, toPage } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import type { QuotaCheckDto } from './candidacies.dto.js';
import { CandidaciesStore } from './candidacies.store.js';
import { STATUS_TEXTS, entitledBy } from './eligibility.js';
import type {
  CandidateDetailDto,
  CandidateDto,
  CandidatePageDto,
  CandidatesQuery,
} from './eligibility.dto.js';
import { toCandidacyDto } from './eligibility.views.js';
import { Eligibilities, READING } from './eligibilities.service.js';
import { type Judged, Judge } from './judge.js';
import { type Contender, quotaCheck } from './quota-check.js';
import { type Candidacy, type Place, type Scheme, dayOf } from './scheme.js';
import { Schemes } from './schemes.service.js';
import { SchemesStore } from './schemes.store.js';
import { type Institutions, toPlaceDto } from './schemes.views.js';

/** People who are judged together. */
const STEP = 200;
/** What the receiving school is shown of one candidate. */
const FIELDS = ['name', 'documents', ...READING.fields] as const;

interface Around {
  readonly scheme: Scheme;
  readonly places: ReadonlyMap<string, Place>;
  readonly institutions: Institutions;
  readonly on: string;
}

/** Those who applied, as the receiving school sees them: judged anew at every look. */
@Injectable()
export class Candidates {
  constructor(
    private readonly database: Database,
    private readonly schemes: Schemes,
    private readonly schemesStore: SchemesStore,
    private readonly store: CandidaciesStore,
    private readonly eligibilities: Eligibilities,
    private readonly judge: Judge,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /**
   * Who applied for the places of the office, in the order of applying. Everybody who is shown has a
   * line in the access log; whoever has asked for erasure is not shown.
   */
  list(principal: Principal, code: string, query: CandidatesQuery): Promise<CandidatePageDto> {
    const after = idCursor(query.after);
    return this.database.transaction(async (tx) => {
      const around = await this.#around(tx, code);
      const own = placesOf(around, officeOf(principal)).filter(
        ({ id }) => query.place === undefined || id === query.place,
      );
      const ids = own.map(({ id }) => id);
      const rows = await this.store.listOfPlaces(tx, ids, { after, limit: query.limit + 1 });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      const judged = await this.#judge(tx, around, page.items);
      const items: CandidateDto[] = [];
      for (const candidacy of page.items) {
        const right = { ground: 'application', reference: candidacy.id } as const;
        const reading = { ...READING, right };
        const { learnerId } = candidacy;
        const permit = await this.learners.admitBy(tx, principal, learnerId, reading);
        const one = judged.get(learnerId);
        if (permit && one) items.push(toCandidateDto(candidacy, one, around));
      }
      return { items, next: page.next };
    });
  }

  /** One candidate with name, evidence and history. */
  show(principal: Principal, id: string): Promise<CandidateDetailDto> {
    const office = officeOf(principal);
    return this.database.transaction(async (tx) => {
      const candidacy = isUuid(id) ? await this.store.find(tx, id) : undefined;
      if (candidacy?.institutionId !== office) throw notFound();
      const scheme = await this.schemesStore.findById(tx, candidacy.schemeId);
      if (!scheme) throw notFound();
      const around = await this.#around(tx, scheme.code);
      const right = { ground: 'application', reference: id } as const;
      const { learnerId } = candidacy;
      const profile = await this.learners.profileBy(tx, principal, learnerId, {
        purpose: 'admission',
        fields: FIELDS,
        right,
      });
      if (!profile) throw notFound();
      const judged = await this.judge.one(tx, scheme, learnerId, around.on);
      const events = await this.store.listEvents(tx, id);
      return {
        ...toCandidateDto(candidacy, judged, around),
        name: profile.name,
        documents: profile.identities.map(({ kind, masked }) => ({ kind, masked })),
        eligibility: await this.eligibilities.describe(tx, scheme, learnerId),
        history: events.map(({ action, reason, proven, at }) => ({
          action,
          reason,
          proven,
          at: at.toISOString(),
        })),
      };
    });
  }

  /**
   * Places against people: for an office its own, for the authority all. Counts only, so nobody's
   * record is shown.
   */
  check(principal: Principal, code: string): Promise<QuotaCheckDto> {
    return this.database.readAcrossTenants(async (tx) => {
      const around = await this.#around(tx, code);
      const office = isOverseer(principal) ? null : officeOf(principal);
      const places = [];
      for (const place of placesOf(around, office)) {
        const contenders = await this.#contenders(tx, around, place.id);
        const { text, ...counts } = quotaCheck(place.places, contenders);
        const { places: _, ...rest } = counts;
        places.push({ place: toPlaceDto(place, around.institutions), ...rest, text });
      }
      return { scheme: around.scheme.code, on: around.on, places };
    });
  }

  async #contenders(tx: EntityManager, around: Around, placeId: string): Promise<Contender[]> {
    const contenders: Contender[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Candidacy[] = await this.store.listOfPlaces(tx, [placeId], {
        after,
        limit: STEP,
      });
      const judged = await this.#judge(tx, around, page);
      for (const { learnerId, state } of page) {
        const one = judged.get(learnerId);
        const isEligible = one?.status === 'eligible';
        contenders.push({ state, isEligible, score: one?.score ?? null });
      }
      const last = page.at(-1);
      if (!last || page.length < STEP) return contenders;
      after = last.id;
    }
  }

  #judge(
    tx: EntityManager,
    { scheme, on }: Around,
    candidacies: readonly Candidacy[],
  ): Promise<Map<string, Judged>> {
    const ids = [...new Set(candidacies.map(({ learnerId }) => learnerId))];
    return this.judge.many(tx, scheme, ids, { on });
  }

  async #around(tx: EntityManager, code: string): Promise<Around> {
    const scheme = await this.schemes.require(tx, code);
    const places = await this.schemesStore.listPlaces(tx, [scheme.id]);
    const { institutions, today } = await this.schemes.contextOf(tx, scheme, places);
    return {
      scheme,
      places: new Map(places.map((place) => [place.id, place])),
      institutions,
      on: dayOf(scheme, today),
    };
  }
}

/** The places of one office; of all with null. */
function placesOf({ places }: Around, office: string | null): Place[] {
  return [...places.values()].filter(
    ({ institutionId }) => office === null || institutionId === office,
  );
}

function officeOf({ institutionId }: Principal): string {
  if (institutionId === null) throw refusal('no-institution');
  return institutionId;
}

function toCandidateDto(
  candidacy: Candidacy,
  judged: Judged,
  { scheme, places, institutions }: Around,
): CandidateDto {
  const place = places.get(candidacy.placeId) as Place;
  const now = entitledBy(judged.decision, scheme.rules);
  return {
    ...toCandidacyDto(candidacy, { scheme, place, institutions }),
    learnerId: candidacy.learnerId,
    status: judged.status,
    hasChanged: now.toSorted().join(' ') !== candidacy.rules.toSorted().join(' '),
    text: STATUS_TEXTS[judged.status],
    score: judged.score,
  };
}
