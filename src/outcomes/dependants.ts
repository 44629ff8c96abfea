import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Millicredits } from '#libs/credit';
import type { Text } from '#libs/problems';

/** Outcomes of one learner, of which somebody asks what rests on them. */
export interface RestingQuestion {
  readonly learnerId: string;
  readonly lotIds: readonly string[];
  /** When the first of them was recorded: nobody can have seen them before. */
  readonly recordedAt: Date;
}

/** What a booked decision gave: credit, an exemption, a score or a right. */
export interface RestingGrant {
  readonly effect: string;
  readonly rule: string;
  readonly title: Text;
  readonly course: string | null;
  readonly courseTitle: Text | null;
  readonly credits: string;
  readonly value: string | null;
}

/** An application that cannot stay as it is once the outcomes are gone. */
export interface RestingConversion {
  readonly applicationId: string;
  readonly programme: string;
  readonly title: Text;
  /** The institution that decided or is deciding. */
  readonly institutionId: string;
  /** A booked one is reversed; one under review is evaluated again. */
  readonly fate: 'reversed' | 'evaluated-again';
  /** Whether it rests on an outcome itself, or only on a conversion that is reversed. */
  readonly because: 'outcome' | 'reversed-conversion';
  /** Null while it is under review. */
  readonly bookedAt: Date | null;
  /** Whether it completed its programme, so that a degree or diploma rests on it. */
  readonly isAward: boolean;
  readonly grants: readonly RestingGrant[];
  /** Other outcomes that it used, and how much of their credit comes back. */
  readonly returns: readonly { readonly lotId: string; readonly amount: Millicredits }[];
}

/** A live code that shows the outcomes. What its holder wrote on it stays with the holder. */
export interface RestingShare {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly opened: number;
  readonly lastOpenedAt: Date | null;
}

/** An institution that may have admitted the learner because of the outcomes. */
export interface RestingAdmission {
  readonly institutionId: string;
  /** `conversion`: it booked one. `shown`: it opened a share. */
  readonly because: 'conversion' | 'shown';
  /** The application or the share. */
  readonly id: string;
  /** When it was booked or last shown. */
  readonly at: Date;
}

export interface Resting {
  readonly conversions: readonly RestingConversion[];
  readonly shares: readonly RestingShare[];
  readonly admissions: readonly RestingAdmission[];
}

/** Who takes back what, and why. */
export interface Reversal {
  readonly revocationId: string;
  readonly actor: string;
  readonly institutionId: string | null;
  readonly reason: string;
}

/** A feature whose records can rest on outcomes. */
export interface Dependant {
  /** Locks what may rest on outcomes of the learner, before anything else is locked. */
  lock?(tx: EntityManager, learnerId: string): Promise<void>;
  /** What rests on the outcomes, directly and through what rests on them. Changes nothing. */
  find(tx: EntityManager, question: RestingQuestion): Promise<Partial<Resting>>;
  /** Reverses what {@link find} told, under {@link lock}; the credit itself is moved elsewhere. */
  reverse?(tx: EntityManager, resting: Resting, reversal: Reversal): Promise<void>;
  /** What one revocation reversed because of one outcome. */
  reversedBy?(
    tx: EntityManager,
    revoked: { learnerId: string; lotId: string; revocationId: string },
  ): Promise<RestingConversion[]>;
}

/**
 * The features that build on outcomes. They know this one and not the other way round, so they
 * register themselves in `onModuleInit`.
 */
@Injectable()
export class Dependants {
  readonly #all: Dependant[] = [];

  register(dependant: Dependant): void {
    this.#all.push(dependant);
  }

  async lock(tx: EntityManager, learnerId: string): Promise<void> {
    for (const dependant of this.#all) await dependant.lock?.(tx, learnerId);
  }

  async find(tx: EntityManager, question: RestingQuestion): Promise<Resting> {
    const parts: Partial<Resting>[] = [];
    for (const dependant of this.#all) parts.push(await dependant.find(tx, question));
    return {
      conversions: parts.flatMap((part) => part.conversions ?? []),
      shares: parts.flatMap((part) => part.shares ?? []),
      admissions: parts.flatMap((part) => part.admissions ?? []),
    };
  }

  async reverse(tx: EntityManager, resting: Resting, reversal: Reversal): Promise<void> {
    for (const dependant of this.#all) await dependant.reverse?.(tx, resting, reversal);
  }

  async reversedBy(
    tx: EntityManager,
    revoked: { learnerId: string; lotId: string; revocationId: string },
  ): Promise<RestingConversion[]> {
    const parts: RestingConversion[][] = [];
    for (const one of this.#all) parts.push((await one.reversedBy?.(tx, revoked)) ?? []);
    return parts.flat();
  }
}
