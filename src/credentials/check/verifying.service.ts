import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Answer,
  CONTEXTS,
  CONTEXTS_FOR_SUITES,
  type IssuerStanding,
  type JsonObject,
  type LogStanding,
  type PresentationAnswer,
  type Verification,
  didWebUrl,
  isObject,
  readObject,
  valuesOf,
  verifyCredential,
  verifyPresentation,
} from '#libs/credentials';
import { LedgerReads } from '../../ledger/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { Outbound } from '../../platform/outbound/index.js';
import { LogProofs } from '../../transparency/index.js';
import { Issuers } from '../issuers/issuers.service.js';
import { StatusLists } from '../status/status-lists.service.js';

/** Evidence of this kind names an entry of the ledger by its public address. */
const LEDGER_ENTRY = 'ledger-entry';

/** For whom and in answer to what a presentation must be made. */
export interface Audience {
  readonly domain?: string;
  readonly challenge?: string;
}

/** The one verifier of `libs/credentials`, with everything this bank knows around it. */
@Injectable()
export class Verifying {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly issuers: Issuers,
    private readonly lists: StatusLists,
    private readonly ledger: LedgerReads,
    private readonly log: LogProofs,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /** @param input JSON or a JWT as text, or the document itself; ours or anybody's */
  credential(input: string | JsonObject): Promise<Answer> {
    return verifyCredential(input, this.#verification({}));
  }

  presentation(
    presentation: JsonObject,
    audience: Audience,
    isSigned: boolean,
  ): Promise<PresentationAnswer> {
    return verifyPresentation(presentation, this.#verification(audience), isSigned);
  }

  #verification(audience: Audience): Verification {
    // One document costs at most one call to others for each issuer and each list.
    const documents = new Map<string, Promise<JsonObject | undefined>>();
    const once = (key: string, ask: () => Promise<JsonObject | undefined>) => {
      const answer = documents.get(key) ?? ask();
      documents.set(key, answer);
      return answer;
    };
    return {
      now: this.clock.now(),
      resolveDid: (did) => once(did, () => this.#resolve(did)),
      readStatusList: (url) => once(url, () => this.#readList(url)),
      knowIssuer: (did) => this.#know(did),
      askLog: (credential) => this.#askLog(credential),
      contexts: this.config.openVcApi ? CONTEXTS_FOR_SUITES : CONTEXTS,
      ...audience,
    };
  }

  async #resolve(did: string): Promise<JsonObject | undefined> {
    // Who asks may be nobody; which institutions there are is public.
    const ours = await this.database.read((tx) => this.issuers.byDid(tx, did));
    if (ours) return this.issuers.documentOf(ours);
    const url = didWebUrl(did);
    return url === undefined
      ? undefined
      : this.#fetch(url, 'application/did+json, application/json');
  }

  async #readList(url: string): Promise<JsonObject | undefined> {
    const ours = await this.lists.at(url).catch(() => undefined);
    return ours ?? this.#fetch(url, 'application/vc, application/json');
  }

  async #fetch(url: string, accept: string): Promise<JsonObject | undefined> {
    const answer = await this.outbound.get({ url, headers: { accept } });
    return answer.ok && answer.status === 200 ? readObject(answer.text) : undefined;
  }

  async #know(did: string): Promise<IssuerStanding> {
    const ours = await this.database.read((tx) => this.issuers.byDid(tx, did));
    if (ours) {
      const name = `${ours.name.zh} (${ours.name.en})`;
      return { standing: ours.isActive ? 'active' : 'suspended', name };
    }
    const isTrusted = this.config.trustedIssuers.includes(did);
    return { standing: isTrusted ? 'known' : 'unknown', name: did };
  }

  async #askLog(credential: JsonObject): Promise<LogStanding> {
    const start = `${this.config.publicUrl}/v1/entries/`;
    const entries = valuesOf(credential['evidence'])
      .filter(isObject)
      .filter(({ genre }) => genre === LEDGER_ENTRY)
      .map(({ id }) => (typeof id === 'string' ? id : ''));
    if (entries.length === 0) return 'log-none';
    const ours = entries.filter((id) => id.startsWith(start));
    if (ours.length < entries.length) return 'log-not-asked';
    const ids = ours.map((id) => id.slice(start.length).replace(/\/proof$/, ''));
    // Whether entries with these ids stand in the public log; nothing of them is shown.
    return this.database.readAcrossTenants((tx) => this.#standing(tx, ids));
  }

  async #standing(tx: EntityManager, ids: readonly string[]): Promise<LogStanding> {
    const postings: string[] = [];
    for (const id of ids) {
      const postingId = await this.ledger.postingOf(tx, id);
      if (postingId === undefined) return 'not-in-log';
      postings.push(postingId);
    }
    return this.log.standing(tx, postings);
  }
}
