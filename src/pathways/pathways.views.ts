import type { CatalogueMatcher } from '../catalogue/index.js';
import type { Institution } from '../institutions/index.js';
import { type PathwayCarry, type PathwayDocument, type PathwayGate } from '#libs/schemes';
import { explainScheme } from '#libs/schemes';
import { type Pathway, titleOf } from '#libs/pathways';
import type { PathwayRecord } from './pathway-record.js';
import type {
  NamedCodeDto,
  PathwayCarryDto,
  PathwayDto,
  PathwayGateDto,
  PathwayStageDto,
  PathwayWordsDto,
} from './pathways.dto.js';

/** What views need to know beside the pathways. */
export interface Known {
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly matcher: CatalogueMatcher;
}

/** A published version; `taken` as {@link toWordsDto} wants it. */
export function toPathwayDto(
  record: PathwayRecord,
  known: Known,
  taken: ReadonlyMap<number, number>,
): PathwayDto {
  return {
    id: record.id,
    ...toWordsDto(record.pathway, known, taken),
    publishedAt: record.publishedAt.toISOString(),
  };
}

/**
 * What a document says, published or not.
 *
 * @param taken how many places of an intake are taken, by its year
 */
export function toWordsDto(
  pathway: Pathway,
  known: Known,
  taken: ReadonlyMap<number, number>,
): PathwayWordsDto {
  const { document, scheme } = pathway;
  return {
    code: document.id,
    version: document.version,
    title: document.title,
    kind: document.pathway,
    states: document.states.map(({ id, title }) => ({ id, title })),
    stages: toStageDtos({ pathway }, known),
    agreement: document.agreement ?? null,
    intakes: document.intakes.map(({ year, places }) => ({
      year,
      places,
      left: Math.max(0, places - (taken.get(year) ?? 0)),
    })),
    gates: document.gates.map((gate) => toGateDto(gate, known)),
    carries: (document.carries ?? []).map((carry) => toCarryDto(carry, known)),
    rules: explainScheme(scheme).map(({ zh, en }) => ({ zh, en })),
    basis: document.basis.map(({ text, clause = null }) => ({ text, clause })),
    hash: scheme.hash,
  };
}

export function toStageDtos(
  { pathway }: Pick<PathwayRecord, 'pathway'>,
  known: Known,
): PathwayStageDto[] {
  const institutions = [...known.institutions.values()];
  return pathway.document.stages.map(({ state, institution: code, years, programme = null }) => {
    const institution = institutions.find((one) => one.code === code);
    // A pathway is published only when its institutions are there, and none is ever taken away.
    if (!institution) throw new Error(`no institution ${code}`);
    return {
      state,
      title: titleOf(pathway, state),
      institution: code,
      institutionId: institution.id,
      institutionName: institution.name,
      years,
      programme,
    };
  });
}

export function namedOf(codes: readonly string[], { matcher }: Known): NamedCodeDto[] {
  return codes.map((code) => {
    const found = matcher.byCode(code);
    return { code, title: found.ok ? found.definition.title : null };
  });
}

function toGateDto(gate: PathwayGate, known: Known): PathwayGateDto {
  const { id, title, from, event } = gate;
  const facts = gate.facts.map((fact) => ({
    id: fact.id,
    title: fact.title,
    clause: fact.clause ?? null,
    examination: namedOf(fact.examination ?? [], known),
    conditions: (fact.conditions ?? []).map((condition) => ({
      id: condition.id,
      title: condition.title,
      credits: condition.credits ?? null,
      outcomes: condition.outcomes ?? null,
      of: namedOf(condition.of ?? [], known),
      categories: [...(condition.categories ?? [])],
    })),
  }));
  return { id, title, from, event, facts };
}

function toCarryDto(carry: PathwayCarry, known: Known): PathwayCarryDto {
  const { id, title, clause = null, into, atMost = null, categories = [] } = carry;
  return {
    id,
    title,
    clause,
    into,
    atMost,
    categories: [...categories],
    of: namedOf(carry.of ?? [], known),
    except: namedOf(carry.except ?? [], known),
  };
}

/** Codes of outcomes that a document names. */
export function outcomesNamedIn({ gates, carries = [] }: PathwayDocument): string[] {
  const facts = gates.flatMap((gate) => gate.facts);
  const conditions = facts.flatMap((fact) => fact.conditions ?? []);
  return [
    ...facts.flatMap(({ examination = [] }) => examination),
    ...conditions.flatMap(({ of = [] }) => of),
    ...carries.flatMap(({ of = [], except = [] }) => [...of, ...except]),
  ];
}
