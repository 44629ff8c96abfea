import {
  type AmountFault,
  type Millicredits,
  type PartialDate,
  parseCredits,
  parseHours,
  parsePartialDate,
} from '#libs/credit';
import { type CompletionDraft, type DraftPerson, MAX_HOURS } from '#libs/exchange';
import { formatCircumstances } from '#libs/indicators';
import { type FieldFault, type Result, accept, refuse } from '#libs/problems';
import type { CircumstancesDto, CompletionDto, PersonDto } from './outcomes.dto.js';

/** Reads the JSON of one completion into the draft that every way in shares. */
export function draftOf(dto: CompletionDto): Result<CompletionDraft> {
  const faults: FieldFault[] = [];
  const said = circumstancesOf(dto.circumstances);
  const draft: CompletionDraft = {
    externalId: dto.externalId,
    person: personOf(dto.learner),
    outcome: { code: dto.outcome },
    ...(dto.startedOn && { startedOn: dto.startedOn }),
    completedOn: dateOf(dto.completedOn, faults),
    grade: dto.grade ?? null,
    level: dto.level ?? null,
    minutes: minutesOf(dto.hours, faults),
    credits: creditsOf(dto.credits, faults),
    attendancePercent: dto.attendancePercent ?? null,
    exemptions: [],
    note: dto.note ?? null,
    ...(said && { circumstances: said }),
  };
  return faults.length === 0 ? accept(draft) : refuse('invalid-fields', undefined, { faults });
}

/** The person that a request names. */
export function personOf(dto: PersonDto): DraftPerson | { learnerId: string } {
  if (dto.document) return { name: dto.name ?? null, document: dto.document };
  return { learnerId: dto.id as string };
}

/** The one spelling that is stored; null when nothing is said. */
function circumstancesOf(dto: CircumstancesDto | undefined): string | null {
  if (!dto) return null;
  return formatCircumstances({
    groups: dto.groups ?? null,
    trainingKind: dto.trainingKind ?? null,
    subsidised: dto.subsidised ?? null,
    employment: dto.employment ?? null,
    origin: dto.origin ?? null,
    mode: dto.mode ?? null,
    entry: dto.entry ?? null,
  });
}

function dateOf(text: string, faults: FieldFault[]): PartialDate {
  const date = parsePartialDate(text);
  if (date !== undefined) return date;
  const wellFormed = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text);
  faults.push({
    pointer: '/completedOn',
    code: wellFormed ? 'date-impossible' : 'date-malformed',
  });
  return '' as PartialDate;
}

function minutesOf(text: string | undefined, faults: FieldFault[]): bigint | null {
  if (text === undefined) return null;
  const minutes = parseHours(text);
  if (minutes === undefined) {
    faults.push({ pointer: '/hours', code: 'hours-not-whole-minutes' });
    return null;
  }
  if (minutes <= MAX_HOURS * 60n) return minutes;
  const params = { min: '0', max: String(MAX_HOURS) };
  faults.push({ pointer: '/hours', code: 'value-out-of-range', params });
  return null;
}

function creditsOf(text: string | undefined, faults: FieldFault[]): Millicredits | null {
  if (text === undefined) return null;
  const parsed = parseCredits(text);
  if (parsed.ok && parsed.amount > 0n) return parsed.amount;
  faults.push(
    parsed.ok ? { pointer: '/credits', code: 'amount-out-of-range' } : fault(parsed.fault),
  );
  return null;
}

function fault(kind: AmountFault): FieldFault {
  const pointer = '/credits';
  switch (kind) {
    case 'too-precise':
      return { pointer, code: 'value-too-precise', params: { decimals: '3' } };
    case 'negative':
      return { pointer, code: 'value-negative' };
    case 'too-large':
      return { pointer, code: 'amount-out-of-range' };
    case 'not-a-decimal':
      return { pointer, code: 'number-malformed' };
  }
}
