import { randomInt } from 'node:crypto';
import { NOWHERE, withCheckDigit } from '../../../src/demonstration/generate/resident-id.mjs';

const SURNAMES = '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗'.split(' ');
const GIVEN = '晓雨 志远 思琪 海燕 国栋 雅丽 俊杰 春梅 一鸣 佳慧 立新 雪莹 子涵 文斌 可馨'.split(
  ' ',
);

const pad = (number, length = 2) => String(number).padStart(length, '0');
const pick = (list) => list[randomInt(list.length)];

/** Somebody who did not exist before: every run of the demonstration brings its own people. */
export function inventPerson() {
  const born = `${randomInt(1950, 2009)}${pad(randomInt(1, 13))}${pad(randomInt(1, 29))}`;
  return {
    name: pick(SURNAMES) + pick(GIVEN),
    residentId: withCheckDigit(`${NOWHERE}${born}${pad(randomInt(1, 1000), 3)}`),
  };
}

/** The same number with another check digit, as a typing error makes it. */
export function withWrongCheckDigit(residentId) {
  const wrong = residentId.endsWith('1') ? '2' : '1';
  return residentId.slice(0, -1) + wrong;
}
