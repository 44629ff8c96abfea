import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ASPECTS, UNLESS_LAID_DOWN, VALUES_OF } from '#libs/workload';
import { canonicalJson } from '#libs/rules';
import { History } from '../history/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { Proposables, type ProposalDto, Proposals } from '../proposals/index.js';
import type { CoefficientDto, CoefficientListDto, NewCoefficientDto } from './coefficients.dto.js';
import { type StoredCoefficient, WorkloadStore } from './workload.store.js';

const KIND = 'workload-coefficient';

interface Wanted {
  readonly code: string;
  readonly from: string;
  readonly value: string;
  readonly source: string;
}

/** Coefficients: laid down by two people, with a day and a source; pay can depend on them. */
@Injectable()
export class WorkloadCoefficients implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: WorkloadStore,
    private readonly proposables: Proposables,
    private readonly proposals: Proposals,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.proposables.register<Wanted>({
      kind: KIND,
      roles: ['authority'],
      isBankWide: true,
      carryOut: (tx, { content, digest, principal, proposedBy }) => {
        if (!digestOf(content).equals(digest)) throw refusal('proposal-differs');
        return this.layDown(tx, principal, content, proposedBy);
      },
    });
  }

  /** Every coefficient with everything that was ever laid down about it, the newest first. */
  list(): Promise<CoefficientListDto> {
    return this.database.read(async (tx) => {
      const all = await this.store.coefficients(tx);
      const today = this.clock.today();
      return {
        otherwise: { value: UNLESS_LAID_DOWN.value, source: { ...UNLESS_LAID_DOWN.source } },
        items: ASPECTS.flatMap((aspect) =>
          VALUES_OF[aspect].map((value) => {
            const code = `${aspect}-${value}`;
            const own = all.filter((one) => one.code === code).toReversed();
            return { code, aspect, of: value, now: inForce(own, today), laidDown: own.map(toDto) };
          }),
        ),
      };
    });
  }

  /** Proposes a coefficient; it counts once a second person of the authority has confirmed it. */
  propose(principal: Principal, wanted: NewCoefficientDto): Promise<ProposalDto> {
    const { code, from, value, source } = wanted;
    const content: Wanted = { code, from, value, source };
    return this.database.transaction((tx) =>
      this.proposals.propose(tx, principal, {
        institutionId: null,
        kind: KIND,
        subjectId: newId(),
        content,
        summary: { coefficients: 1 },
        why: ['pay'],
        digest: digestOf(content),
        reason: source,
      }),
    );
  }

  /** Lays a coefficient down, in the transaction of the caller. @returns its id */
  async layDown(
    tx: EntityManager,
    principal: Principal,
    { code, from, value, source }: Wanted,
    proposedBy: string,
  ): Promise<string> {
    const one: StoredCoefficient = {
      id: newId(),
      code,
      from,
      value,
      source,
      proposedBy,
      confirmedBy: principal.id,
      recordedAt: this.clock.now(),
    };
    await this.store.insertCoefficient(tx, one);
    await this.history.record(tx, principal, {
      institutionId: null,
      subject: { kind: KIND, id: one.id },
      action: 'laid-down',
      after: { code, from, value, source },
    });
    return one.id;
  }
}

function digestOf(wanted: Wanted): Buffer {
  const { code, from, value, source } = wanted;
  return sha256(canonicalJson({ code, from, value, source }));
}

/** @param own the newest recorded first */
function inForce(own: readonly StoredCoefficient[], today: string): string {
  const begun = own.filter(({ from }) => from <= today);
  const newest = begun.toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))[0];
  return newest?.value ?? UNLESS_LAID_DOWN.value;
}

function toDto({ id, from, value, source, recordedAt }: StoredCoefficient): CoefficientDto {
  return { id, from, value, source, recordedAt: recordedAt.toISOString() };
}
