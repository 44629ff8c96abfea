import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../../history/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Page,
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import {
  type Limiter,
  Limits,
  callerOfAddress,
  secondsUntil,
} from '../../platform/limits/index.js';
import type { OpenedInstitutionDto } from '../administration.dto.js';
import { InstitutionAdministration } from '../administration.service.js';
import { hashOfCode, newInvitationCode } from '../members/invitation.js';
import type { InstitutionRequest } from './institution-request.js';
import type {
  AcceptedRequestDto,
  InstitutionRequestDto,
  InstitutionRequestReceiptDto,
  InstitutionRequestStateDto,
  InstitutionRequestsQuery,
  NewInstitutionRequestDto,
} from './requests.dto.js';
import { RequestsStore } from './requests.store.js';

/** Requests that one address may make within an hour. */
const MOST_REQUESTS = 20;
const WINDOW_S = 60 * 60;

/** How a stranger becomes an institution of the bank: it asks, and the authority accepts. */
@Injectable()
export class InstitutionRequests {
  readonly #byAddress: Limiter;

  constructor(
    private readonly database: Database,
    private readonly store: RequestsStore,
    private readonly administration: InstitutionAdministration,
    private readonly history: History,
    limits: Limits,
  ) {
    const allowance = { name: 'institution-request', most: MOST_REQUESTS, windowS: WINDOW_S };
    this.#byAddress = limits.open(allowance);
  }

  /** Takes a request down. Refuses more than twenty an hour of one address (`too-many-requests`). */
  async ask(
    wanted: NewInstitutionRequestDto,
    address: string,
  ): Promise<InstitutionRequestReceiptDto> {
    const standing = await this.#byAddress.count(callerOfAddress(address));
    if (standing.used > MOST_REQUESTS) {
      const seconds = secondsUntil(standing);
      throw new Refusal(
        { code: 'too-many-requests', params: { seconds } },
        { 'retry-after': seconds },
      );
    }
    const { code, kind, name, region, contact, purpose } = wanted;
    const id = newId();
    const receipt = newInvitationCode();
    const request = { id, code, kind, name, region, contact, purpose };
    await this.database.transaction((tx) =>
      this.store.insert(tx, request, hashOfCode(receipt) as Buffer),
    );
    return { id, receipt, state: 'waiting' };
  }

  /** What became of a request. Throws `not-found` for a receipt that is none. */
  async state(receipt: string): Promise<InstitutionRequestStateDto> {
    const hash = hashOfCode(receipt);
    // Whoever asks belongs to no institution yet, so no wall lets a request out.
    const found =
      hash && (await this.database.readAcrossTenants((tx) => this.store.findByReceipt(tx, hash)));
    if (!found) throw notFound();
    const { code, state, reason, institutionId } = found;
    return { code, state, reason, institutionId };
  }

  /** Requests, those that wait longest first. */
  async list(query: InstitutionRequestsQuery): Promise<Page<InstitutionRequestDto>> {
    const after = idCursor(query.after);
    const page = { state: query.state ?? null, after, limit: query.limit + 1 };
    const rows = await this.database.read((tx) => this.store.list(tx, page));
    return toPage(rows.map(toDto), query.limit, (last) => encodeCursor(last.id));
  }

  /** Opens the institution and invites its first manager. Refuses what is decided already. */
  accept(
    principal: Principal,
    id: string,
    { code, rights }: AcceptedRequestDto,
  ): Promise<OpenedInstitutionDto> {
    return this.database.transaction(async (tx) => {
      const { kind, name, region, ...asked } = await this.#waiting(tx, id);
      const wanted = { code: code ?? asked.code, kind, name, region, rights };
      const opened = await this.administration.openWithin(tx, principal, wanted);
      const institutionId = opened.institution.id;
      await this.store.decide(tx, id, { state: 'accepted', reason: null, institutionId });
      return opened;
    });
  }

  /** Refuses a request; whoever asked sees why. */
  refuse(principal: Principal, id: string, reason: string): Promise<InstitutionRequestDto> {
    return this.database.transaction(async (tx) => {
      const { code } = await this.#waiting(tx, id);
      await this.store.decide(tx, id, { state: 'refused', reason, institutionId: null });
      await this.history.record(tx, principal, {
        institutionId: null,
        subject: { kind: 'institution-request', id },
        action: 'refused',
        before: { code, state: 'waiting' },
        after: { code, state: 'refused' },
        note: reason,
      });
      return toDto((await this.store.findLocked(tx, id)) as InstitutionRequest);
    });
  }

  async #waiting(tx: EntityManager, id: string): Promise<InstitutionRequest> {
    const request = isUuid(id) ? await this.store.findLocked(tx, id) : undefined;
    if (!request) throw notFound();
    const { state } = request;
    if (state !== 'waiting') throw refusal('institution-request-decided', { state });
    return request;
  }
}

function toDto(request: InstitutionRequest): InstitutionRequestDto {
  return { ...request, name: { zh: request.name.zh, en: request.name.en } };
}
