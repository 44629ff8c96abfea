import { dayOf } from './calendar.js';
import type { Chance } from './chance.js';
import type { Offer } from './district.js';

/** How somebody lives in the city. */
export type Life =
  | 'pupil'
  | 'student'
  | 'worker'
  | 'jobseeker'
  | 'founder'
  | 'farmer'
  | 'senior'
  | 'teacher'
  | 'visitor';

/** The priority groups that somebody of such a life belongs to. */
export function groupsOf(life: Life, chance: Chance): readonly string[] {
  const groups = [
    ...(life === 'jobseeker' && chance.isLucky(0.7) ? ['laid-off'] : []),
    ...(life === 'jobseeker' && chance.isLucky(0.2) ? ['graduate'] : []),
    ...(life === 'senior' ? ['older'] : []),
    ...(chance.isLucky(0.02) ? ['disabled'] : []),
    ...(chance.isLucky(life === 'worker' || life === 'jobseeker' ? 0.05 : 0) ? ['veteran'] : []),
    ...(life === 'farmer' || chance.isLucky(0.1) ? ['rural'] : []),
  ];
  return groups;
}

/** Workers have had work for long; who looks for it finds it some day or not. */
export function worksFrom(life: Life, chance: Chance): string {
  if (life === 'jobseeker') {
    return chance.isLucky(0.5)
      ? dayOf(chance.between(2022, 2026), chance.between(1, 12), 15)
      : '9999';
  }
  return life === 'pupil' || life === 'student' || life === 'senior' ? '9999' : '0000';
}

/** One in twelve fails; some grades are not told. */
export function gradeOf({ scale }: Offer, chance: Chance): string | null {
  if (scale === null || chance.isLucky(0.03)) return null;
  if (scale === 'pass-fail') return chance.isLucky(0.85) ? '合格' : '不合格';
  return String(chance.isLucky(0.08) ? chance.between(30, 59) : chance.between(60, 100));
}

/** One in ten hardly comes. */
export function attendanceOf({ leastAttendance }: Offer, chance: Chance): number | null {
  if (leastAttendance === null || chance.isLucky(0.1)) return null;
  return chance.isLucky(0.1) ? chance.between(40, 79) : chance.between(80, 100);
}
