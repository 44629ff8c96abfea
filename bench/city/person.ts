import type { Chance } from './chance.js';
import { dayOf } from './calendar.js';

export interface Document {
  readonly kind: 'resident-id' | 'passport';
  readonly number: string;
}

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉秀建国文斌宇浩欣然子轩梓涵'];
const GIVEN_ABROAD = ['Somchai', 'Anong', 'Ali', 'Fatima', 'Nguyen', 'Bounmy', 'Maria', 'Omar'];
const FAMILY_ABROAD = ['Srisai', 'Khan', 'Tran', 'Vong', 'Silva', 'Haddad', 'Chaiya', 'Malik'];

/** Prefectures 10 to 99 of Chongqing do not exist: nobody has such a number. */
const FIRST_REGION = 501_000;
const A_REGION = 1_000;
const LAST_REGION = 509_999;

/** The most learners whose numbers differ. */
export const MOST_LEARNERS = (LAST_REGION - FIRST_REGION + 1) * A_REGION;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A fictional resident ID with a right check digit, another one for each index. */
export function residentId(index: number, birthDay: string): string {
  const region = FIRST_REGION + Math.floor(index / A_REGION);
  const body = `${region}${birthDay.replaceAll('-', '')}${String(index % A_REGION).padStart(3, '0')}`;
  return body + checkDigit(body);
}

/** ISO 7064 MOD 11-2. */
export function checkDigit(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return '10X98765432'[sum % 11] as string;
}

export function passport(index: number): string {
  return `E${String(index).padStart(8, '0')}`;
}

export function hanName(chance: Chance): string {
  const second = chance.isLucky(0.7) ? chance.pick(GIVEN) : '';
  return chance.pick(SURNAMES) + chance.pick(GIVEN) + second;
}

export function foreignName(chance: Chance): string {
  return `${chance.pick(GIVEN_ABROAD)} ${chance.pick(FAMILY_ABROAD)}`;
}

export function birthDay(chance: Chance, from: number, to: number): string {
  return dayOf(chance.between(from, to), chance.between(1, 12), chance.between(1, 28));
}
