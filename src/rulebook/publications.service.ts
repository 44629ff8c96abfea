import { Injectable } from '@nestjs/common';
import { Persons } from '../access/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { DraftLint } from './draft-lint.js';
import type {
  PublishedRuleDto,
  RuleApprovalDto,
  RuleDraftDto,
  RulePublicationDto,
  RuleRejectionDto,
} from './drafts.dto.js';
import { assertMay, RuleDrafts } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';
import type { RuleDraft } from './rule-draft.js';
import { RulePublisher } from './rule-publisher.js';
import { toVersionDto } from './rulebook.views.js';

/** The steps of a draft that need a second person. */
@Injectable()
export class RulePublications {
  constructor(
    private readonly database: Database,
    private readonly drafts: RuleDrafts,
    private readonly events: DraftsStore,
    private readonly publisher: RulePublisher,
    private readonly lints: DraftLint,
    private readonly clock: Clock,
    private readonly persons: Persons,
  ) {}

  /** A second person agrees. Nobody who ever wrote on the text or submitted it can, by any key. */
  approve(principal: Principal, id: string, approval: RuleApprovalDto): Promise<RuleDraftDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.drafts.locked(tx, principal, id);
      assertMay(draft, 'approve');
      assertSeen(draft, approval.hash);
      const authors = await this.events.authorsOf(tx, id);
      if (await this.persons.isAmong(tx, principal, authors)) {
        throw refusal('approver-is-author', { name: principal.name });
      }
      await this.drafts.step(tx, draft, 'approve', principal, { note: approval.note ?? null });
      return this.drafts.show(principal, id, tx);
    });
  }

  /** Sends a submitted or approved draft back to be rewritten. */
  reject(principal: Principal, id: string, rejection: RuleRejectionDto): Promise<RuleDraftDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.drafts.locked(tx, principal, id);
      await this.drafts.step(tx, draft, 'reject', principal, { note: rejection.reason });
      return this.drafts.show(principal, id, tx);
    });
  }

  /** Publishes an approved draft. Its version never changes again. */
  publish(
    principal: Principal,
    id: string,
    publication: RulePublicationDto,
  ): Promise<PublishedRuleDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.drafts.locked(tx, principal, id);
      assertMay(draft, 'publish');
      const compiled = this.drafts.compile(draft);
      await this.lints.assertPublishable(tx, compiled, draft.source);
      const from = this.#firstDay(draft, publication.from);
      const { source } = draft;
      const version = await this.publisher.publish(tx, {
        compiled,
        source,
        from,
        actor: principal.id,
      });
      await this.drafts.step(tx, draft, 'publish', principal, { effectiveOn: from });
      return {
        draft: await this.drafts.show(principal, id, tx),
        version: toVersionDto(version),
      };
    });
  }

  /** Not before today, and within the window that the document itself states. */
  #firstDay({ inForceFrom, inForceTo }: RuleDraft, wanted: string | undefined): string {
    const today = this.clock.today();
    const from = wanted ?? (inForceFrom > today ? inForceFrom : today);
    if (from < today) throw refusal('rule-from-past', { from, today });
    if (from < inForceFrom || (inForceTo !== null && from > inForceTo)) {
      const params = { from, first: inForceFrom, last: inForceTo ?? '…' };
      throw refusal('rule-from-outside', params);
    }
    return from;
  }
}

/** Whoever says what was read decides about that text and no other. */
function assertSeen({ hash }: RuleDraft, seen: string | undefined): void {
  if (seen !== undefined && seen !== hash) throw refusal('rule-draft-differs', { hash });
}
