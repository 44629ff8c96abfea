import type { CompiledRulebook } from '#libs/rules';
import type { Institution } from '../institutions/index.js';
import { isEntitling } from './eligibility.js';
import { type Place, type Scheme, stateOf } from './scheme.js';
import type {
  PlaceDto,
  SchemeDetailDto,
  SchemeDto,
  SchemeInstitutionDto,
  SchemeRulebookDto,
} from './schemes.dto.js';

export type Institutions = ReadonlyMap<string, Institution>;

export interface SchemeContext {
  readonly rules: CompiledRulebook;
  readonly places: readonly Place[];
  readonly institutions: Institutions;
  readonly today: string;
}

export function toSchemeDto(
  scheme: Scheme,
  { rules, places, institutions, today }: SchemeContext,
): SchemeDto {
  return {
    code: scheme.code,
    programme: scheme.programme,
    year: scheme.year,
    title: scheme.title,
    state: stateOf(scheme, today),
    opens: scheme.opensOn,
    closes: scheme.closesOn,
    evidenceUntil: scheme.evidenceUntil,
    rulebook: toRulebookDto(rules),
    publisher: toInstitutionDto(scheme.institutionId, institutions),
    places: places
      .filter(({ schemeId }) => schemeId === scheme.id)
      .map((place) => toPlaceDto(place, institutions)),
  };
}

export function toSchemeDetailDto(scheme: Scheme, context: SchemeContext): SchemeDetailDto {
  const { rules: document, parameters = {} } = context.rules.rulebook;
  const { scoring } = scheme;
  return {
    ...toSchemeDto(scheme, context),
    rules: document.map(({ id, title, basis, grants }) => ({
      id,
      title,
      basis: basis ?? null,
      values: grants.flatMap((grant) =>
        'value' in grant && typeof grant.value === 'string' ? [grant.value] : [],
      ),
      isEntitling: isEntitling(scheme.rules, id),
    })),
    parameters: Object.entries(parameters).map(([id, { title, value }]) => ({ id, title, value })),
    scoring: scoring && {
      title: scoring.title,
      hash: scheme.scoringHash ?? '',
      parts: scoring.parts.map(({ id, title, max, weight, stated }) => ({
        id,
        title,
        max,
        weight,
        stated,
      })),
    },
  };
}

export function toRulebookDto({ rulebook, hash }: CompiledRulebook): SchemeRulebookDto {
  return { id: rulebook.id, version: rulebook.version, hash };
}

export function toPlaceDto(place: Place, institutions: Institutions): PlaceDto {
  const { id, major, title, places } = place;
  return {
    id,
    institution: toInstitutionDto(place.institutionId, institutions),
    major,
    title,
    places,
  };
}

export function toInstitutionDto(id: string, institutions: Institutions): SchemeInstitutionDto {
  const institution = institutions.get(id);
  if (!institution) throw new Error(`institution ${id} is not there`);
  const { code, name } = institution;
  return { code, zh: name.zh, en: name.en };
}
