import { Inject, Injectable } from '@nestjs/common';
import { type Answer, readObject, valuesOf } from '#libs/credentials';
import { type SealCheck, checkSeal } from '#libs/paper-seal';
import { type Unwrapped, unwrapFile, unwrapText } from '#libs/unwrap';
import { Verifying } from '../../credentials/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { LogIdentity } from '../../transparency/index.js';
import type { ProofDto } from '../verifications.dto.js';
import type { Asker } from '../asker.js';
import { type Typed, Verifications } from '../verifications.service.js';
import { type Check, checkOf, colourOf, sealCheck } from './checks.js';
import type { CheckedCredentialDto, DocumentAnswerDto, TextToVerifyDto } from './documents.dto.js';
import { refusalOf } from './faults.js';

type Document = Extract<Unwrapped, { kind: 'document' }>;

/** Verifies whatever somebody was given: a code, a link, a credential, a picture or paper with one. */
@Injectable()
export class Documents {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly verifications: Verifications,
    private readonly verifying: Verifying,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** Refuses by name what is none of these, and a code as {@link Verifications.verify} does. */
  async verifyText({ text, pin }: TextToVerifyDto, asker: Asker): Promise<DocumentAnswerDto> {
    const found = unwrapText(text, this.config.publicUrl);
    if (!found.ok && found.fault === 'code-digits') return this.#ofCode({ code: text, pin }, asker);
    if (!found.ok) throw refusalOf(found.fault);
    if (found.kind === 'code') return this.#ofCode({ code: found.code, pin }, asker);
    return this.#ofDocument(found, undefined);
  }

  async verifyFile(bytes: Buffer, asker: Asker): Promise<DocumentAnswerDto> {
    const found = unwrapFile(bytes, this.config.publicUrl);
    if (found.ok && found.kind === 'code') return this.#ofCode({ code: found.code }, asker);
    // A wrong code counts as a guess, whatever it comes in.
    if (!found.ok && found.fault === 'code-digits') {
      return this.#ofCode({ code: bytes.toString('utf8') }, asker);
    }
    if (found.ok && found.wrapping !== 'pdf') return this.#ofDocument(found, undefined);
    const seal = await this.#seal(bytes);
    if (found.ok) return this.#ofDocument(found, seal);
    // Of a paper of ours that was changed the seal says more than what it broke.
    if (seal === 'absent' || seal === 'whole') throw refusalOf(found.fault);
    return this.#ofDocument(
      { ok: true, kind: 'document', wrapping: 'pdf', credential: null },
      seal,
    );
  }

  async #ofCode(typed: Typed, asker: Asker): Promise<DocumentAnswerDto> {
    const proof = await this.verifications.verify(typed, asker);
    const checks = proof.checks.map(checkOfProof);
    const isBad = checks.some(({ result }) => result === 'fail');
    return {
      wrapping: 'code',
      verdict: isBad ? 'invalid' : 'valid',
      checks,
      credential: null,
      inner: [],
      proof,
      checkedAt: proof.checkedAt,
    };
  }

  async #ofDocument(
    { wrapping, credential }: Document,
    seal: SealCheck | undefined,
  ): Promise<DocumentAnswerDto> {
    if (credential === null && (seal === undefined || seal === 'absent')) {
      throw refusalOf('without-credential');
    }
    const answer = credential === null ? undefined : await this.#answerOf(credential);
    const checks = seal === undefined ? [] : [sealCheck(seal)];
    const isBroken = checks.some(({ result }) => result === 'fail');
    return {
      wrapping,
      verdict: isBroken ? 'invalid' : (answer?.verdict ?? 'valid'),
      checks: [...checks, ...(answer?.checks ?? [])],
      credential: answer?.credential ?? null,
      inner: answer?.inner ?? [],
      proof: null,
      checkedAt: this.clock.now().toISOString(),
    };
  }

  /** A presentation is answered by its own lines and the credentials in it. */
  async #answerOf(text: string): Promise<CheckedCredentialDto> {
    const document = readObject(text);
    if (!document || !valuesOf(document['type']).includes('VerifiablePresentation')) {
      return toChecked(await this.verifying.credential(text));
    }
    const isSigned = document['proof'] !== undefined;
    const answer = await this.verifying.presentation(document, {}, isSigned);
    return {
      verdict: answer.verdict,
      checks: answer.lines.map(checkOf),
      credential: document,
      inner: answer.credentials.map(toChecked),
    };
  }

  #seal(bytes: Buffer): Promise<SealCheck> {
    return this.database.read(async (tx) => checkSeal(bytes, [await this.identity.key(tx)]));
  }
}

function toChecked({ verdict, lines, credential, inner = [] }: Answer): CheckedCredentialDto {
  return {
    verdict,
    checks: lines.map(checkOf),
    credential: credential ?? null,
    inner: inner.map(toChecked),
  };
}

function checkOfProof({ line, result, text }: ProofDto['checks'][number]): Check {
  return { line, result, colour: colourOf(result), code: `${line}-${result}`, text };
}
