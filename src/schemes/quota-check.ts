import { compare, parseDecimal, type Rational } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { CandidacyState } from './scheme.js';

/** Somebody who applied for a place, as far as counting goes. */
export interface Contender {
  readonly state: CandidacyState;
  readonly isEligible: boolean;
  /** A decimal; null where the rules give no order. */
  readonly score: string | null;
}

/** Equal scores of which not all fit into the places that are left. */
export interface Tie {
  /** Null where nobody has a score. */
  readonly score: string | null;
  readonly candidates: number;
  readonly places: number;
}

export interface QuotaCheck {
  readonly places: number;
  readonly admitted: number;
  readonly free: number;
  /** Who applied and waits for a decision. */
  readonly waiting: number;
  /** Of these, who is eligible now. */
  readonly eligible: number;
  /** Whether the eligible who wait fit into the places that are free. */
  readonly verdict: 'under' | 'exact' | 'over';
  /** Eligible who wait less free places, never below zero. */
  readonly beyond: number;
  /** Eligible who wait and have no score, while others have one. */
  readonly unranked: number;
  readonly tie: Tie | null;
  readonly text: Text;
}

/**
 * Places against people. Who comes first among equals is nobody's to say but the school's: a tie at
 * the last place is told, never broken.
 */
export function quotaCheck(places: number, contenders: readonly Contender[]): QuotaCheck {
  const admitted = contenders.filter(({ state }) => state === 'admitted').length;
  const waiting = contenders.filter(({ state }) => state === 'applied');
  const eligible = waiting.filter(({ isEligible }) => isEligible);
  const free = places - admitted;
  const ranked = eligible.filter(({ score }) => score !== null).length;
  const counts = {
    places,
    admitted,
    free,
    waiting: waiting.length,
    eligible: eligible.length,
    verdict: verdictOf(eligible.length, free),
    beyond: Math.max(0, eligible.length - free),
    unranked: ranked > 0 ? eligible.length - ranked : 0,
    tie: tieOf(eligible, free),
  } as const;
  return { ...counts, text: textOf(counts) };
}

function verdictOf(eligible: number, free: number): QuotaCheck['verdict'] {
  if (eligible === free) return 'exact';
  return eligible < free ? 'under' : 'over';
}

/** None where all fit, where no place is free, or where some have no score to be compared by. */
function tieOf(eligible: readonly Contender[], free: number): Tie | null {
  if (free <= 0 || eligible.length <= free) return null;
  const scored = eligible.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scored.length === 0) return { score: null, candidates: eligible.length, places: free };
  if (scored.length < eligible.length) return null;
  const last = scored.toSorted(highestFirst)[free - 1] as string;
  const above = scored.filter((score) => highestFirst(score, last) < 0).length;
  const equal = scored.filter((score) => highestFirst(score, last) === 0).length;
  const left = free - above;
  return equal > left ? { score: last, candidates: equal, places: left } : null;
}

function highestFirst(a: string, b: string): number {
  return compare(numberOf(b), numberOf(a));
}

function numberOf(text: string): Rational {
  const number = parseDecimal(text);
  if (!number) throw new Error(`"${text}" is no score`);
  return number;
}

function textOf(check: Omit<QuotaCheck, 'text'>): Text {
  const { places, admitted, free, eligible, verdict, beyond, unranked, tie } = check;
  const zh = [
    `计划 ${places} 人，已录取 ${admitted} 人，余 ${free} 个名额，符合条件待录取 ${eligible} 人`,
  ];
  const en = [
    `${placesOf(places)}, ${admitted} admitted, ${free} left, ${eligible} eligible and waiting`,
  ];
  if (verdict === 'over') {
    zh.push(`超出 ${beyond} 人`);
    en.push(`${beyond} more than there is room for`);
  } else if (verdict === 'under') {
    zh.push(`还可接收 ${free - eligible} 人`);
    en.push(`room for ${free - eligible} more`);
  } else {
    zh.push('正好');
    en.push('exactly as many as there is room for');
  }
  if (unranked > 0) {
    zh.push(`其中 ${unranked} 人没有完整成绩，不能排序`);
    en.push(`${unranked} of them have no whole score, so no order can be said`);
  }
  if (tie) {
    const { zh: tied, en: equal } = tieText(tie);
    zh.push(tied);
    en.push(equal);
  }
  return { zh: `${zh.join('；')}。`, en: `${en.join('; ')}.` };
}

function tieText({ score, candidates, places }: Tie): Text {
  return score === null
    ? {
        zh: `规则不排先后：${candidates} 人争 ${places} 个名额，由招生学校按其公布的办法决定`,
        en: `the rules give no order: ${candidates} people for ${placesOf(places)}, and the school decides by the way it has published`,
      }
    : {
        zh: `末位同分：${candidates} 人都是 ${score} 分，只余 ${places} 个名额，由招生学校按其公布的办法决定`,
        en: `a tie at the last place: ${candidates} people with ${score} for ${placesOf(places)}, and the school decides by the way it has published`,
      };
}

function placesOf(places: number): string {
  return places === 1 ? '1 place' : `${places} places`;
}
