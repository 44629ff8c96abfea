import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import { ApplicationWords } from './application-words.js';
import type { Appeal, Round, Verdict, Vote } from './application.js';

interface VoteRow {
  round: Round;
  decision_seq: number;
  reviewer: string;
  institution_id: string;
  verdict: Verdict;
  note: string | null;
  recorded_at: Date;
}

interface AppealRow {
  after_seq: number;
  reason: string;
  recorded_at: Date;
}

/** All SQL of votes and appeals. INSERT and SELECT only. */
@Injectable()
export class ReviewsStore {
  constructor(private readonly words: ApplicationWords) {}

  async insertVote(
    tx: EntityManager,
    applicationId: string,
    vote: Omit<Vote, 'recordedAt'>,
  ): Promise<void> {
    const note = await this.words.seal(tx, applicationId, vote.note);
    await tx.query(
      `INSERT INTO application_vote (bucket, application_id, round, decision_seq, reviewer,
         institution_id, verdict, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        bucketOf(applicationId),
        applicationId,
        vote.round,
        vote.decisionSeq,
        vote.reviewer,
        vote.institutionId,
        vote.verdict,
        note,
      ],
    );
  }

  /** Every vote about every decision of an application, oldest first. */
  async listVotes(tx: EntityManager, applicationId: string): Promise<Vote[]> {
    const rows = await tx.query<VoteRow[]>(
      `SELECT round, decision_seq, reviewer, institution_id, verdict, note, recorded_at
         FROM application_vote WHERE bucket = $1 AND application_id = $2
        ORDER BY recorded_at, reviewer`,
      [bucketOf(applicationId), applicationId],
    );
    const open = await this.words.opener(tx, applicationId);
    return rows.map((row) => ({
      round: row.round,
      decisionSeq: row.decision_seq,
      reviewer: row.reviewer,
      institutionId: row.institution_id,
      verdict: row.verdict,
      note: open(row.note),
      recordedAt: row.recorded_at,
    }));
  }

  async insertAppeal(
    tx: EntityManager,
    applicationId: string,
    appeal: Omit<Appeal, 'recordedAt'> & { readonly actor: string },
  ): Promise<void> {
    const reason = await this.words.seal(tx, applicationId, appeal.reason);
    await tx.query(
      `INSERT INTO application_appeal (bucket, application_id, after_seq, reason, actor)
       VALUES ($1, $2, $3, $4, $5)`,
      [bucketOf(applicationId), applicationId, appeal.afterSeq, reason, appeal.actor],
    );
  }

  async findAppeal(tx: EntityManager, applicationId: string): Promise<Appeal | undefined> {
    const rows = await tx.query<AppealRow[]>(
      `SELECT after_seq, reason, recorded_at FROM application_appeal
        WHERE bucket = $1 AND application_id = $2`,
      [bucketOf(applicationId), applicationId],
    );
    const open = await this.words.opener(tx, applicationId);
    return rows.map((row) => ({
      afterSeq: row.after_seq,
      reason: open(row.reason) ?? '',
      recordedAt: row.recorded_at,
    }))[0];
  }
}
