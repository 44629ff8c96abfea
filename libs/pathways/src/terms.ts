import { firstDay, lastDay, type PartialDate } from '#libs/credit';

/** A school year begins in this month, its second half in February. */
const FIRST_MONTH = 9;
const SECOND_HALF = 2;

/** The semester of a day, counted from the September of the intake; 0 or less before it. */
export function semesterOn(intake: number, day: string): number {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const schoolYear = month >= FIRST_MONTH ? year : year - 1;
  const half = month >= FIRST_MONTH || month < SECOND_HALF ? 1 : 2;
  return (schoolYear - intake) * 2 + half;
}

/** The semester in which a date lies; null when it is too vague to tell. */
export function semesterOf(intake: number, date: PartialDate): number | null {
  const semester = semesterOn(intake, firstDay(date));
  return semesterOn(intake, lastDay(date)) === semester ? semester : null;
}

/** The year of study of a semester, from 1. */
export function yearOfStudy(semester: number): number {
  return Math.ceil(semester / 2);
}
