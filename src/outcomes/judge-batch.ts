import type { CompletionDraft } from '#libs/exchange';
import { mentionsName, mentionsPhone, mentionsResidentId } from '#libs/identity';
import type { Problem } from '#libs/problems';
import type { CatalogueMatcher } from '../catalogue/index.js';
import { type JudgedCompletion, type Judgement, judge } from './completion.js';

type Said =
  { readonly ok: true; readonly terms: JudgedCompletion } | Extract<Judgement, { ok: false }>;

/**
 * Judges the drafts of one batch. Most of them say the same of one course, one day and one of a few
 * grades, and what was decided once is not decided again.
 */
export class BatchJudge {
  readonly #said = new Map<string, Said>();

  constructor(
    private readonly matcher: CatalogueMatcher,
    private readonly institutionId: string,
    private readonly today: string,
  ) {}

  judge(draft: CompletionDraft): Judgement {
    const named = namedIn(draft);
    if (named) return { ok: false, problem: named };
    const key = keyOf(draft);
    let said = this.#said.get(key);
    if (!said) {
      const judgement = this.#decide(draft);
      said = judgement.ok ? { ok: true, terms: judgement.completion } : judgement;
      this.#said.set(key, said);
    }
    if (!said.ok) return said;
    const { definition, grade, level, credits, noCreditReason, expiresOn, sharedContent } =
      said.terms;
    // Written out: a spread of this many fields costs as much as judging the draft.
    const completion = {
      draft,
      definition,
      grade,
      level,
      credits,
      noCreditReason,
      expiresOn,
      sharedContent,
    };
    return { ok: true, completion };
  }

  #decide(draft: CompletionDraft): Judgement {
    const { matcher } = this;
    const match =
      'code' in draft.outcome ? matcher.byCode(draft.outcome.code) : matcher.byTitle(draft.outcome);
    if (!match.ok) return { ok: false, problem: atOutcome(match.problem) };
    const refused =
      matcher.mayPost(match.definition, this.institutionId, draft.completedOn) ??
      matcher.mayAward(match.definition, this.institutionId, this.today);
    if (refused) return { ok: false, problem: atOutcome(refused) };
    return judge(draft, match.definition, this.today);
  }
}

/** Fields that are kept in the clear, and that people type what they like into. */
const TYPED = ['externalId', 'note', 'grade', 'level'] as const;

/** The refusal of a draft that names its person where everybody may read it; null for all others. */
function namedIn(draft: CompletionDraft): Problem | null {
  const name = 'name' in draft.person ? draft.person.name : null;
  for (const field of TYPED) {
    const text = draft[field];
    if (text === null || text.length < 2) continue;
    // A key of eleven digits is nothing unusual.
    const holdsPhone = field !== 'externalId' && mentionsPhone(text);
    if (!holdsPhone && !mentionsResidentId(text) && !mentionsName(text, name)) continue;
    const code = 'names-a-person';
    return { code, faults: [{ pointer: `/${field}`, code }] };
  }
  return null;
}

/** Everything of a draft that the catalogue is asked about. No value holds a line break. */
function keyOf(draft: CompletionDraft): string {
  const { outcome, startedOn, completedOn, grade, level, minutes, credits } = draft;
  const named = 'code' in outcome ? outcome.code : JSON.stringify(outcome);
  const when = `${startedOn ?? ''}\n${completedOn}`;
  const earned = `${grade ?? ''}\n${level ?? ''}\n${minutes ?? ''}\n${credits ?? ''}`;
  return `${named}\n${when}\n${earned}\n${draft.attendancePercent ?? ''}`;
}

function atOutcome(problem: Problem): Problem {
  const { code, params } = problem;
  return { ...problem, faults: [{ pointer: '/outcome', code, ...(params && { params }) }] };
}
