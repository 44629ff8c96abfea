import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Answer,
  CONTEXTS,
  CONTEXTS_FOR_SUITES,
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  DATA_INTEGRITY,
  type Cryptosuite,
  type JsonObject,
  type Line,
  type Signer,
  addProof,
  credentialFault,
  idOf,
  schemaFault,
  statusEntry,
  valuesOf,
} from '#libs/credentials';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { Refusal, refusal } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import type { Issuer } from '../issuers/issuer.js';
import { Issuers } from '../issuers/issuers.service.js';
import { StatusLists } from '../status/status-lists.service.js';
import { type Audience, Verifying } from './verifying.service.js';

/** Who signs, and the DID under which it does. */
interface Signing {
  readonly issuer: Issuer;
  readonly did: string;
  readonly signer: Signer;
}

/** The VC-API of W3C: what other systems and the test suites call. */
@Injectable()
export class VcApi {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly issuers: Issuers,
    private readonly lists: StatusLists,
    private readonly verifying: Verifying,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs a credential under the key of the asking institution, with a place in its status list.
   * Throws `credential-malformed`, `credential-of-another-issuer`.
   */
  issue(
    principal: Principal | undefined,
    credential: JsonObject,
    cryptosuite: Cryptosuite,
  ): Promise<JsonObject> {
    return this.database.transaction(async (tx) => {
      const signing = await this.#signing(tx, principal);
      const named = 'issuer' in credential ? credential : { ...credential, issuer: signing.did };
      const document = await this.#withStatus(tx, withProofContext(named), signing);
      await this.#requireSound(document, signing);
      const options = { cryptosuite, created: this.clock.now() };
      const signed = await addProof(
        document,
        { ...options, purpose: 'assertionMethod' },
        signing.signer,
        this.config.openVcApi ? CONTEXTS_FOR_SUITES : CONTEXTS,
      );
      if (signed.ok) return signed.document;
      const reason = Object.values(signed.params ?? {}).join(' ');
      throw malformed('/', `${signed.code} ${reason}`);
    });
  }

  /** The lines of a credential that stands. Throws `credential-not-verified` with the lines. */
  async verify(credential: JsonObject): Promise<readonly Line[]> {
    const answer = await this.verifying.credential(credential);
    this.#requireVerified([answer], answer.lines);
    return answer.lines;
  }

  /** The same of a presentation and every credential in it. */
  async verifyPresentation(presentation: JsonObject, audience: Audience): Promise<readonly Line[]> {
    const isSigned = audience.challenge !== undefined && !this.config.openVcApi;
    const answer = await this.verifying.presentation(presentation, audience, isSigned);
    const { lines, credentials } = answer;
    this.#requireVerified(
      [answer, ...credentials],
      [...lines, ...credentials.flatMap((one) => one.lines)],
    );
    return lines;
  }

  async #signing(tx: EntityManager, principal: Principal | undefined): Promise<Signing> {
    const issuer = await this.issuers.byId(tx, principal?.institutionId ?? null);
    if (!principal) {
      const signer = await this.issuers.signerForSuites(tx);
      return { issuer, did: signer.did, signer };
    }
    return { issuer, did: issuer.did, signer: await this.issuers.signer(tx, issuer) };
  }

  async #withStatus(
    tx: EntityManager,
    credential: JsonObject,
    { issuer }: Signing,
  ): Promise<JsonObject> {
    // The words of status lists belong to version 2 of the model.
    const [base] = valuesOf(credential['@context']);
    if (credential['credentialStatus'] !== undefined || base !== CREDENTIALS_V2) return credential;
    const { status } = await this.lists.place(tx, issuer, newId());
    return { ...credential, credentialStatus: statusEntry(status) };
  }

  async #requireSound(document: JsonObject, { did }: Signing): Promise<void> {
    const fault = credentialFault(document);
    if (fault) throw malformed(fault.pointer, fault.code);
    const departure = await schemaFault(document);
    if (departure) throw malformed(departure.pointer, departure.detail);
    if (idOf(document['issuer']) !== did && !this.config.openVcApi) {
      throw refusal('credential-of-another-issuer', { did });
    }
  }

  #requireVerified(answers: readonly Pick<Answer, 'lines'>[], lines: readonly Line[]): void {
    if (answers.every((answer) => this.#isVerified(answer))) return;
    throw new Refusal({ code: 'credential-not-verified', members: { lines } });
  }

  /** Whoever cannot say that it is not revoked cannot say that it stands; suites name lists nowhere. */
  #isVerified({ lines }: Pick<Answer, 'lines'>): boolean {
    return lines.every(({ line, result }) => {
      if (result !== 'not-checked') return result !== 'fail';
      return line === 'issuer' || line === 'log' || (isStatus(line) && this.config.openVcApi);
    });
  }
}

/** Version 1 of the model has no word for proofs of this kind. */
function withProofContext(credential: JsonObject): JsonObject {
  const contexts = valuesOf(credential['@context']);
  if (contexts[0] !== CREDENTIALS_V1 || contexts.includes(DATA_INTEGRITY)) return credential;
  return { ...credential, '@context': [...contexts, DATA_INTEGRITY] };
}

function isStatus(line: Line['line']): boolean {
  return line === 'revoked' || line === 'suspended';
}

function malformed(pointer: string, reason: string): Refusal {
  return refusal('credential-malformed', { pointer, reason });
}
