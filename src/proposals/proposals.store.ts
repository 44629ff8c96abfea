import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Proposal } from './proposal.js';

/** Which proposals a page is about. */
export interface ProposalFilter {
  /** Of whom; undefined for everybody's. */
  readonly institutionId: string | null | undefined;
  /** Only those that wait for somebody at this moment. */
  readonly openAt: Date | null;
  /** Only those before this id; ids are in the order of time. */
  readonly before: string | null;
  readonly limit: number;
}

/** A decision about a proposal. */
export type Decision = Pick<Proposal, 'resultId' | 'decidedBy' | 'decidedByName' | 'decidedAt'> & {
  readonly verdict: NonNullable<Proposal['verdict']>;
  readonly reason: string | null;
};

const PROPOSAL = `
  SELECT p.id, p.institution_id AS "institutionId", p.kind, p.subject_id AS "subjectId", p.content,
         p.summary, p.why, p.digest, p.reason, p.proposed_by AS "proposedBy",
         p.proposed_by_name AS "proposedByName", p.proposed_at AS "proposedAt",
         p.expires_at AS "expiresAt", d.verdict, d.result_id AS "resultId",
         d.decided_by AS "decidedBy", d.decided_by_name AS "decidedByName",
         d.decided_at AS "decidedAt", d.reason AS "decisionReason"
    FROM proposal p LEFT JOIN proposal_decision d ON d.proposal_id = p.id`;

/** All SQL of proposals. INSERT and SELECT only. */
@Injectable()
export class ProposalsStore {
  /** Two who propose the same at once come one after the other. */
  async lockSubject(tx: EntityManager, kind: string, subjectId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `proposal ${kind} ${subjectId}`,
    ]);
  }

  /** The proposal of a kind that waits for a decision about this subject. */
  async findOpen(
    tx: EntityManager,
    { kind, subjectId }: Pick<Proposal, 'kind' | 'subjectId'>,
    at: Date,
  ): Promise<Proposal | undefined> {
    const rows = await tx.query<Proposal[]>(
      `${PROPOSAL} WHERE p.kind = $1 AND p.subject_id = $2 AND p.expires_at > $3
          AND d.proposal_id IS NULL LIMIT 1`,
      [kind, subjectId, at],
    );
    return rows[0];
  }

  async insert(
    tx: EntityManager,
    proposal: Omit<
      Proposal,
      'verdict' | 'resultId' | 'decidedBy' | 'decidedByName' | 'decidedAt' | 'decisionReason'
    >,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO proposal (id, institution_id, kind, subject_id, content, summary, why, digest,
         reason, proposed_by, proposed_by_name, proposed_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        proposal.id,
        proposal.institutionId,
        proposal.kind,
        proposal.subjectId,
        proposal.content,
        proposal.summary,
        proposal.why,
        proposal.digest,
        proposal.reason,
        proposal.proposedBy,
        proposal.proposedByName,
        proposal.proposedAt,
        proposal.expiresAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<Proposal | undefined> {
    const rows = await tx.query<Proposal[]>(`${PROPOSAL} WHERE p.id = $1`, [id]);
    return rows[0];
  }

  /** The newest first. */
  list(tx: EntityManager, filter: ProposalFilter): Promise<Proposal[]> {
    return tx.query<Proposal[]>(
      `${PROPOSAL}
        WHERE ($1 OR p.institution_id IS NOT DISTINCT FROM $2::uuid)
          AND ($3::timestamptz IS NULL OR (p.expires_at > $3 AND d.proposal_id IS NULL))
          AND ($4::uuid IS NULL OR p.id < $4)
        ORDER BY p.id DESC LIMIT $5`,
      [
        filter.institutionId === undefined,
        filter.institutionId ?? null,
        filter.openAt,
        filter.before,
        filter.limit,
      ],
    );
  }

  /** False when it was decided before; of two who decide at once, the second waits for the first. */
  async decide(tx: EntityManager, proposalId: string, decision: Decision): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO proposal_decision
         (proposal_id, verdict, result_id, reason, decided_by, decided_by_name, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (proposal_id) DO NOTHING RETURNING 1`,
      [
        proposalId,
        decision.verdict,
        decision.resultId,
        decision.reason,
        decision.decidedBy,
        decision.decidedByName,
        decision.decidedAt,
      ],
    );
    return rows.length > 0;
  }
}
