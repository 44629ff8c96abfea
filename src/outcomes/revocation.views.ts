import { type Millicredits, formatCredits } from '#libs/credit';
import type { Institution } from '../institutions/index.js';
import { toBalancesDto } from '../ledger/index.js';
import type { RestingConversion } from './dependants.js';
import type {
  RestingConversionDto,
  RestingInstitutionDto,
  RevocationEffectsDto,
} from './revocation.dto.js';
import type { RevocationEffects } from './revocation.js';

type InstitutionById = ReadonlyMap<string, Institution>;

/** What a revocation does, as the API shows it. */
export function toEffectsDto(
  { fallen, vanishes, returns, resting }: RevocationEffects,
  institutions: InstitutionById,
): RevocationEffectsDto {
  return {
    alsoRevoked: fallen.map(({ outcome, definition }) => ({
      outcomeId: outcome.lotId,
      title: definition.title,
      institution: toInstitutionDto(outcome.institutionId, institutions),
    })),
    vanishes: toBalancesDto(vanishes),
    returns: returns.map(({ held, amount, isOverdue }) => ({
      outcomeId: held.outcome.lotId,
      title: held.definition.title,
      amount: formatCredits(amount as Millicredits),
      expires: isOverdue,
    })),
    conversions: resting.conversions.map((one) => toConversionDto(one, institutions)),
    shares: resting.shares.map(({ id, createdAt, expiresAt, opened, lastOpenedAt }) => ({
      id,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      opened,
      lastOpenedAt: lastOpenedAt?.toISOString() ?? null,
    })),
    admissions: resting.admissions.map(({ institutionId, because, id, at }) => ({
      institution: toInstitutionDto(institutionId, institutions),
      because,
      id,
      at: at.toISOString(),
    })),
  };
}

export function toConversionDto(
  conversion: RestingConversion,
  institutions: InstitutionById,
): RestingConversionDto {
  return {
    applicationId: conversion.applicationId,
    programme: conversion.programme,
    title: conversion.title,
    institution: toInstitutionDto(conversion.institutionId, institutions),
    fate: conversion.fate,
    because: conversion.because,
    bookedAt: conversion.bookedAt?.toISOString() ?? null,
    award: conversion.isAward,
    grants: conversion.grants.map((grant) => ({ ...grant })),
  };
}

function toInstitutionDto(id: string, institutions: InstitutionById): RestingInstitutionDto {
  const institution = institutions.get(id);
  if (!institution) throw new Error(`institution ${id} is not there`);
  return { id, code: institution.code, name: institution.name };
}
