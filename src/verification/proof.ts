import { formatCredits, formatHours } from '#libs/credit';
import type { Text } from '#libs/problems';
import { canonicalJson, sha256Hex } from '#libs/rules';
import type { BookedConversion } from '../conversions/index.js';
import type { Institution } from '../institutions/index.js';
import { type BalanceDto, type CheckedLot, entryId } from '../ledger/index.js';
import type { LearnerProfile } from '../learners/index.js';
import type { HeldOutcome } from '../outcomes/index.js';
import { dayOf } from '../platform/clock/index.js';
import type { Share } from './share.js';
import type {
  CheckDto,
  ProofConversionDto,
  ProofDto,
  ProofInstitutionDto,
  ProofOutcomeDto,
} from './verifications.dto.js';

/** Everything an answer is made of, as read at one moment. */
export interface ProofMaterial {
  readonly share: Share;
  readonly profile: LearnerProfile;
  readonly outcomes: readonly HeldOutcome[];
  readonly lots: readonly CheckedLot[];
  readonly conversions: readonly BookedConversion[];
  readonly balance: BalanceDto;
  /** Of the entries of the lots. */
  readonly log: LogStanding;
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly checkedAt: Date;
}

/** Whether the public log holds entries; `log-waiting`: it has not taken all of them in yet. */
export type LogStanding = 'in-log' | 'log-waiting' | 'not-in-log';

/**
 * SHA-256 of what an answer says was learned, in hex: two answers that differ by the time alone have
 * one. Says whether something changed without showing it.
 */
export function digestOf(proof: ProofDto): string {
  const { checks, outcomes, conversions, balance, expiresAt } = proof;
  const { total, categories } = balance;
  return sha256Hex(canonicalJson({ checks, outcomes, conversions, total, categories, expiresAt }));
}

/** The answer to a code that opens a share: what was checked, and what it shows. */
export function proofOf(material: ProofMaterial): ProofDto {
  const { share, profile, balance, checkedAt } = material;
  return {
    status: 'valid',
    checks: checksOf(material),
    learner: {
      name: profile.name,
      documents: profile.identities.map(({ kind, masked }) => ({ kind, masked })),
    },
    purpose: share.purpose,
    receiver: share.receiver,
    sharedAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    outcomes: material.outcomes.map((held) => outcomeOf(held, material)),
    conversions: material.conversions.map((one) => conversionOf(one, material)),
    balance: { asOf: balance.asOf, total: balance.total, categories: balance.categories },
    checkedAt: checkedAt.toISOString(),
  };
}

function outcomeOf(held: HeldOutcome, material: ProofMaterial): ProofOutcomeDto {
  const { outcome, definition, lot, state } = held;
  const entries = material.lots.find((one) => one.lotId === outcome.lotId)?.entries ?? [];
  return {
    id: outcome.lotId,
    code: definition.code,
    title: definition.title,
    kind: definition.kind,
    category: { code: definition.category.code, title: definition.category.title },
    institution: institutionOf(outcome.institutionId, material),
    awardedBy: { code: definition.institution.code, name: definition.institution.name },
    completedOn: outcome.completedOn,
    recordedAt: outcome.recordedAt.toISOString(),
    credits: lot && formatCredits(lot.deposited),
    hours: outcome.minutes === null ? null : formatHours(outcome.minutes),
    grade: outcome.grade,
    level: outcome.level,
    state,
    entries: entries.map(entryId),
  };
}

function conversionOf(conversion: BookedConversion, material: ProofMaterial): ProofConversionDto {
  return {
    applicationId: conversion.applicationId,
    programme: conversion.programme,
    title: conversion.title,
    institution: institutionOf(conversion.institutionId, material),
    bookedAt: conversion.bookedAt.toISOString(),
    credits: conversion.credits,
    rule: conversion.rule,
    decisionHash: conversion.decisionHash,
    grants: conversion.grants.map(({ course, courseTitle, effect, credits, basis, lots }) => ({
      course,
      courseTitle,
      effect,
      credits,
      basis,
      outcomes: [...lots],
    })),
    entries: [...conversion.entryIds],
  };
}

function institutionOf(id: string, material: ProofMaterial): ProofInstitutionDto {
  const institution = material.institutions.get(id);
  if (!institution) throw new Error(`institution ${id} is not there`);
  return { code: institution.code, name: institution.name };
}

function checksOf(material: ProofMaterial): CheckDto[] {
  return [
    pass('format', {
      zh: '验证码为 12 位，校验位正确（ISO 7064 MOD 11,10）',
      en: 'The code has twelve digits and its check digit is right (ISO 7064 MOD 11,10)',
    }),
    notApplicable('signature', {
      zh: '此处为在线查验，未附签名凭证',
      en: 'This is an online answer; no signed credential is attached',
    }),
    issuer(material),
    validity(material),
    revoked(material),
    suspended(material),
    ledger(material),
    log(material),
  ];
}

function validity({ share }: ProofMaterial): CheckDto {
  const until = dayOf(share.expiresAt);
  return pass('validity', {
    zh: `持有人未撤回，有效期至 ${until}`,
    en: `Not withdrawn by its holder; valid until ${until}`,
  });
}

function revoked({ outcomes }: ProofMaterial): CheckDto {
  if (outcomes.length === 0) return nothingTo('revoked');
  const gone = outcomes.filter((held) => held.state === 'revoked').length;
  if (gone === 0) {
    return pass('revoked', {
      zh: `所列 ${outcomes.length} 项成果均未被撤销`,
      en: `None of the ${outcomes.length} outcomes shown is revoked`,
    });
  }
  return fail('revoked', {
    zh: `所列 ${outcomes.length} 项成果中有 ${gone} 项已被登记机构撤销，见各项状态`,
    en: `${gone} of the ${outcomes.length} outcomes shown were taken back by their institution; see their states`,
  });
}

function issuer(material: ProofMaterial): CheckDto {
  const count = issuersOf(material).length;
  if (count === 0) return nothingTo('issuer');
  return pass('issuer', {
    zh: `${count} 个登记机构均为本学分银行的在册机构`,
    en: `All ${count} institutions are members of this credit bank`,
  });
}

function suspended(material: ProofMaterial): CheckDto {
  const all = issuersOf(material);
  if (all.length === 0) return nothingTo('suspended');
  const stopped = all.filter(({ status }) => status !== 'active').map(({ code }) => code);
  if (stopped.length === 0) {
    return pass('suspended', {
      zh: '登记机构均未被本学分银行暂停',
      en: 'None of these institutions is suspended',
    });
  }
  return fail('suspended', {
    zh: `登记机构已被暂停：${stopped.join(', ')}。请向该机构核实`,
    en: `These institutions are suspended: ${stopped.join(', ')}. Ask them to confirm`,
  });
}

function issuersOf({ outcomes, institutions }: ProofMaterial): Institution[] {
  const ids = [...new Set(outcomes.map((held) => held.outcome.institutionId))];
  return ids.flatMap((id) => institutions.get(id) ?? []);
}

function log({ lots, log }: ProofMaterial): CheckDto {
  if (lots.length === 0) return nothingTo('log');
  const entries = lots.reduce((sum, lot) => sum + lot.entries.length, 0);
  switch (log) {
    case 'in-log':
      return pass('log', {
        zh: `${entries} 条分录均已收入透明日志`,
        en: `All ${entries} entries are in the transparency log`,
      });
    case 'log-waiting':
      return {
        line: 'log',
        result: 'not-checked',
        text: {
          zh: '有分录刚刚登记，尚待收入透明日志（通常数秒内）。请稍后再查',
          en: 'Some entries were booked just now and wait for the transparency log, mostly for seconds. Look again in a moment',
        },
      };
    case 'not-in-log':
      return fail('log', {
        zh: '有分录不在透明日志中。不予采信，请向学分银行核实',
        en: 'Some entries are not in the transparency log. Do not rely on them; ask the credit bank',
      });
  }
}

function ledger({ lots }: ProofMaterial): CheckDto {
  if (lots.length === 0) return nothingTo('ledger');
  const entries = lots.reduce((sum, lot) => sum + lot.entries.length, 0);
  const broken = lots.filter((lot) => !lot.isSound);
  if (broken.length === 0) {
    return pass('ledger', {
      zh: `已重算 ${lots.length} 笔学分的 ${entries} 条分录，逐条相符`,
      en: `The ${entries} entries of ${lots.length} lots were computed again and agree`,
    });
  }
  const ids = broken.map((lot) => lot.lotId).join(', ');
  return fail('ledger', {
    zh: `以下学分的分录前后不符，请勿采信：${ids}`,
    en: `The entries of these lots do not follow from each other; do not rely on them: ${ids}`,
  });
}

function nothingTo(line: CheckDto['line']): CheckDto {
  return notApplicable(line, {
    zh: '没有需要检查的记录',
    en: 'There is no record to check',
  });
}

function pass(line: CheckDto['line'], text: Text): CheckDto {
  return { line, result: 'pass', text };
}

function fail(line: CheckDto['line'], text: Text): CheckDto {
  return { line, result: 'fail', text };
}

function notApplicable(line: CheckDto['line'], text: Text): CheckDto {
  return { line, result: 'not-applicable', text };
}
