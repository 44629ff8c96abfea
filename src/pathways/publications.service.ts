import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Pathway, institutionsOf, pathwayOf } from '#libs/pathways';
import { runSchemeExamples } from '#libs/schemes';
import { SignedAgreements } from '../agreements/index.js';
import { Catalogue } from '../catalogue/index.js';
import { type Actor, History } from '../history/index.js';
import { Institutions } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, orThrow, refusal } from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Proposables, type ProposalDto, Proposals } from '../proposals/index.js';
import { SchemeReader } from '../rulebook/index.js';
import { EnrolmentsStore } from './enrolments.store.js';
import type { PathwayRecord } from './pathway-record.js';
import type {
  PathwayDetailDto,
  PathwayListDto,
  PathwayReadingDto,
  PathwayTextDto,
  PublishPathwayDto,
} from './pathways.dto.js';
import { PathwaysStore } from './pathways.store.js';
import { type Known, outcomesNamedIn, toPathwayDto, toWordsDto } from './pathways.views.js';

const PUBLICATION = 'pathway-publication';

interface PublicationContent {
  readonly document: string;
}

/** Pathways as documents: the authority publishes them with a second person; everybody reads them. */
@Injectable()
export class PathwayPublications implements OnModuleInit {
  readonly #reader = new SchemeReader();

  constructor(
    private readonly database: Database,
    private readonly store: PathwaysStore,
    private readonly enrolments: EnrolmentsStore,
    private readonly institutions: Institutions,
    private readonly catalogue: Catalogue,
    private readonly agreements: SignedAgreements,
    private readonly proposals: Proposals,
    private readonly proposables: Proposables,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.proposables.register<PublicationContent>({
      kind: PUBLICATION,
      roles: ['authority'],
      isBankWide: true,
      carryOut: async (tx, { principal, content }) =>
        (await this.publishWithin(tx, principal, content.document)).id,
    });
  }

  /** What a document says, before anybody proposes it. Refuses what {@link propose} refuses. */
  check({ document: text }: PathwayTextDto): Promise<PathwayReadingDto> {
    const pathway = this.#read(text);
    const { id: code, start } = pathway.document;
    return this.database.readAcrossTenants(async (tx) => {
      await this.#requireFit(tx, pathway);
      const newest = await this.store.findNewest(tx, code);
      const taken = await this.#taken(tx, { code, pathway });
      return {
        ...toWordsDto(pathway, await this.knownIn(tx), taken),
        start: [...start],
        newest: newest?.version ?? null,
      };
    });
  }

  /**
   * Proposes a version for publication. Refuses a document that cannot be read, whose examples come
   * out differently (`pathway-examples`), that names what is not there (`pathway-names-unknown`), or
   * whose version does not follow (`pathway-version`).
   */
  propose(principal: Principal, { document, reason }: PublishPathwayDto): Promise<ProposalDto> {
    const pathway = this.#read(document);
    const { id, version } = pathway.document;
    return this.database.transaction(async (tx) => {
      await this.#requireFit(tx, pathway);
      return this.proposals.propose(tx, principal, {
        institutionId: principal.institutionId,
        kind: PUBLICATION,
        subjectId: id,
        content: { document } satisfies PublicationContent,
        summary: { version, intakes: pathway.document.intakes.length },
        why: ['publication'],
        digest: Buffer.from(pathway.scheme.hash, 'hex'),
        reason,
      });
    });
  }

  /** Publishes a version, in a transaction in which two people have agreed to it. */
  async publishWithin(tx: EntityManager, by: Actor, document: string): Promise<PathwayRecord> {
    const pathway = this.#read(document);
    const { id: code, version } = pathway.document;
    await this.store.lock(tx, code);
    const { senderId, receiverId } = await this.#requireFit(tx, pathway);
    const { hash } = pathway.scheme;
    const publishedAt = this.clock.now();
    const pair = { senderId, receiverId, publishedAt };
    const record = { id: newId(), code, version, pathway, hash, ...pair };
    await this.store.insert(tx, { ...record, publishedBy: by.id });
    await this.history.record(tx, by, {
      institutionId: by.institutionId,
      subject: { kind: 'pathway', id: record.id },
      action: 'published',
      after: { code, version, hash },
    });
    return record;
  }

  /** The newest version of each. */
  list(): Promise<PathwayListDto> {
    return this.database.readAcrossTenants(async (tx) => {
      const known = await this.knownIn(tx);
      const records = await this.store.listNewest(tx);
      const items: PathwayListDto['items'] = [];
      for (const record of records) {
        items.push(toPathwayDto(record, known, await this.#taken(tx, record)));
      }
      return { items };
    });
  }

  /** One version with its document. Throws `not-found`. */
  show(id: string): Promise<PathwayDetailDto> {
    // How many places are taken is public; who took them is not.
    return this.database.readAcrossTenants(async (tx) => {
      const record = await this.get(tx, id);
      const dto = toPathwayDto(record, await this.knownIn(tx), await this.#taken(tx, record));
      return { ...dto, document: record.pathway.document };
    });
  }

  /** Throws `not-found`. */
  async get(tx: EntityManager, id: string): Promise<PathwayRecord> {
    const record = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!record) throw notFound();
    return record;
  }

  /** What views need to know beside pathways. */
  async knownIn(tx: EntityManager): Promise<Known> {
    const institutions = await this.institutions.list(tx);
    return {
      institutions: new Map(institutions.map((one) => [one.id, one])),
      matcher: await this.catalogue.matcher(tx),
    };
  }

  /** Refuses while the agreement on which a pathway rests does not hold (`pathway-agreement`). */
  async requireAgreement(tx: EntityManager, { document }: Pathway): Promise<void> {
    const { agreement } = document;
    if (agreement === undefined) return;
    const signed = await this.agreements.list(tx, undefined);
    const found = signed.find(({ code }) => code === agreement);
    if (found?.state !== 'in-force') throw refusal('pathway-agreement', { agreement });
  }

  #read(text: string): Pathway {
    const scheme = orThrow(this.#reader.read(text));
    const pathway = pathwayOf(scheme);
    if (!pathway) throw refusal('pathway-not-one');
    const wrong = runSchemeExamples(scheme).find(({ differences }) => differences.length > 0);
    if (wrong) throw refusal('pathway-examples', { name: wrong.name });
    return pathway;
  }

  async #requireFit(
    tx: EntityManager,
    pathway: Pathway,
  ): Promise<{ senderId: string; receiverId: string }> {
    const { id, version } = pathway.document;
    const newest = await this.store.findNewest(tx, id);
    if (newest && version <= newest.version) {
      throw refusal('pathway-version', { version: String(newest.version) });
    }
    const { institutions, matcher } = await this.knownIn(tx);
    const ids = new Map([...institutions.values()].map((one) => [one.code, one.id]));
    const named = institutionsOf(pathway);
    const unknown = [
      ...named.filter((code) => !ids.has(code)),
      ...outcomesNamedIn(pathway.document).filter((code) => !matcher.byCode(code).ok),
    ];
    const [sender] = named;
    const receiver = named.at(-1);
    if (unknown.length > 0 || sender === undefined || receiver === undefined) {
      throw refusal('pathway-names-unknown', { names: [...new Set(unknown)].join(', ') });
    }
    await this.requireAgreement(tx, pathway);
    return { senderId: ids.get(sender) as string, receiverId: ids.get(receiver) as string };
  }

  /** How many places are taken in each intake, in whatever version they were. */
  async #taken(
    tx: EntityManager,
    { code, pathway }: Pick<PathwayRecord, 'code' | 'pathway'>,
  ): Promise<Map<number, number>> {
    const taken = new Map<number, number>();
    for (const { year } of pathway.document.intakes) {
      taken.set(year, await this.enrolments.countOf(tx, code, year));
    }
    return taken;
  }
}
