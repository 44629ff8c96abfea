import { type PartialDate, firstDay, lastDay } from '#libs/credit';
import type { OutcomeName } from '#libs/exchange';
import type { Problem } from '#libs/problems';
import { type Institution, whyNotPosted } from '../institutions/index.js';
import type { CatalogueMatcher, MatchedOutcome, OutcomeDefinition } from './definition.js';
import { levelKey } from './level-key.js';
import { Suggestions } from './suggestions.js';
import { titleKey } from './title-key.js';

/** Codes named in an `ambiguous-outcome` answer. */
const MAX_CODES = 5;

/** {@link CatalogueMatcher} over a list of definitions. Pure: the same list gives the same answers. */
export class DefinitionMatcher implements CatalogueMatcher {
  readonly #byId = new Map<string, OutcomeDefinition>();
  readonly #byCode = new Map<string, OutcomeDefinition>();
  readonly #byTitle = new Map<string, OutcomeDefinition[]>();
  readonly #institutions: ReadonlyMap<string, Institution>;
  readonly #suggestions: Suggestions;

  constructor(
    private readonly definitions: readonly OutcomeDefinition[],
    institutions: readonly Institution[],
  ) {
    this.#institutions = new Map(institutions.map((one) => [one.id, one]));
    for (const definition of definitions) {
      this.#byId.set(definition.id, definition);
      this.#byCode.set(definition.code, definition);
      const { title, aliases } = definition;
      for (const key of new Set([title.zh, title.en, ...aliases].map(titleKey))) {
        if (key === '') continue;
        const same = this.#byTitle.get(key);
        if (same) same.push(definition);
        else this.#byTitle.set(key, [definition]);
      }
    }
    this.#suggestions = new Suggestions(definitions);
  }

  all(): readonly OutcomeDefinition[] {
    return this.definitions;
  }

  byId(id: string): OutcomeDefinition | undefined {
    return this.#byId.get(id);
  }

  byCode(code: string): MatchedOutcome {
    const definition = this.#byCode.get(code.trim());
    return definition ? { ok: true, definition } : this.#unknown(code);
  }

  byTitle({ title, institutionName, level }: OutcomeName): MatchedOutcome {
    const sameTitle = this.#byTitle.get(titleKey(title)) ?? [];
    const fitting = sameTitle
      .filter((definition) => isOfInstitution(definition, institutionName))
      .filter((definition) => isOfLevel(definition, level));
    const [first, second] = fitting;
    if (first === undefined) return this.#unknown(title, sameTitle[0]);
    if (second === undefined) return { ok: true, definition: first };
    const codes = fitting.slice(0, MAX_CODES).map((definition) => definition.code);
    return {
      ok: false,
      problem: { code: 'ambiguous-outcome', params: { codes: codes.join(', ') } },
    };
  }

  mayPost(
    definition: OutcomeDefinition,
    institutionId: string,
    completedOn: PartialDate,
  ): Problem | null {
    const { code, institution, registration, openFrom, openTo } = definition;
    if (registration === 'owner' && institution.id !== institutionId) {
      const params = { code, owner: `${institution.name.zh} (${institution.code})` };
      return { code: 'outcome-of-another-institution', params };
    }
    // A date known to the month is refused only when no day of that month was open.
    const isBefore = openFrom !== null && lastDay(completedOn) < openFrom;
    const isAfter = openTo !== null && firstDay(completedOn) > openTo;
    if (!isBefore && !isAfter) return null;
    return { code: 'outcome-closed', params: { code, from: openFrom ?? '…', to: openTo ?? '…' } };
  }

  mayAward(definition: OutcomeDefinition, institutionId: string, today: string): Problem | null {
    const institution = this.#institutions.get(institutionId);
    if (!institution) throw new Error(`the catalogue does not know institution ${institutionId}`);
    const { code, form } = definition;
    return whyNotPosted(institution, { code, form, ownerId: definition.institution.id }, today);
  }

  #unknown(text: string, near?: OutcomeDefinition): MatchedOutcome {
    const nearest = near ?? this.#suggestions.nearest(text);
    const suggestion = nearest
      ? `${nearest.code} ${nearest.title.zh} (${nearest.institution.name.zh})`
      : '—';
    return { ok: false, problem: { code: 'unknown-outcome', params: { suggestion } } };
  }
}

/** An institution that the source does not name excludes nothing. */
function isOfInstitution(definition: OutcomeDefinition, name: string | null): boolean {
  if (name === null) return true;
  const { institution } = definition;
  const key = titleKey(name);
  return [institution.name.zh, institution.name.en, institution.code].some(
    (own) => titleKey(own) === key,
  );
}

/** A level that either side does not know excludes nothing. */
function isOfLevel(definition: OutcomeDefinition, level: string | null): boolean {
  if (level === null || definition.level === null) return true;
  return levelKey(definition.level) === levelKey(level);
}
