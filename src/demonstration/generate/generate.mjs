// Writes the learners and completions of the demonstration district. Run it from anywhere:
// node src/demonstration/generate/generate.mjs [folder to write to]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { createChance } from './chance.mjs';
import { inventName } from './names.mjs';
import { NOWHERE, withCheckDigit } from './resident-id.mjs';

const HERE = import.meta.dirname;
const DISTRICT = join(HERE, '../district');
const OUTPUT = process.argv[2] ?? DISTRICT;
const chance = createChance(20_260_901);

const outcomes = new Map(
  parseCsv(readFileSync(join(DISTRICT, 'catalogue.csv')), { columns: true }).map((row) => [
    row.code,
    row,
  ]),
);

/** Completions in the order of writing; the number makes the external id unique for its school. */
const completions = [];
const usedNumbers = new Set();

const learners = [...readYaml('notable.yaml').map(notableLearner), ...storyLearners()];
writeCsv('learners.csv', learners);
writeCsv('completions.csv', completions);
console.log(`${learners.length} learners, ${completions.length} completions`);

function readYaml(name) {
  return parseYaml(readFileSync(join(HERE, name), 'utf8'));
}

function notableLearner({ ref, name, document, story, done }) {
  const [kind, number] = document.split(' ');
  for (const item of done) {
    addCompletion(ref, {
      institution: item.by,
      outcome: item.of,
      completed_on: String(item.on),
      grade: item.grade,
      level: item.level,
      credits: item.credits,
      attendance_percent: item.attendance,
      note: item.note,
    });
  }
  return {
    ref,
    name,
    document_kind: kind,
    document_number: kind === 'resident-id' ? withCheckDigit(number) : number,
    story,
  };
}

function storyLearners() {
  let count = 0;
  return readYaml('stories.yaml').flatMap((story) =>
    Array.from({ length: story.people }, () => {
      count += 1;
      const ref = `L${String(count).padStart(3, '0')}`;
      for (const chapter of story.history) tellChapter(ref, chapter);
      return {
        ref,
        name: inventName(chance, story.names),
        document_kind: 'resident-id',
        document_number: inventResidentId(story.born),
        story: story.title,
      };
    }),
  );
}

function inventResidentId([firstYear, lastYear]) {
  for (;;) {
    const year = chance.integer(firstYear, lastYear);
    const month = pad(chance.integer(1, 12));
    const day = pad(chance.integer(1, 28));
    const sequence = String(chance.integer(1, 999)).padStart(3, '0');
    const number = withCheckDigit(`${NOWHERE}${year}${month}${day}${sequence}`);
    if (usedNumbers.has(number)) continue;
    usedNumbers.add(number);
    return number;
  }
}

function tellChapter(ref, chapter) {
  const [least, most] = chapter.take;
  for (const code of chance.sample(chapter.of, chance.integer(least, most))) {
    const outcome = outcomes.get(code);
    if (!outcome) throw new Error(`${code} is not in catalogue.csv`);
    addCompletion(ref, {
      institution: chapter.by,
      outcome: code,
      completed_on: inventDate(chapter.when, outcome.open_from),
      ...inventResult(outcome),
    });
  }
}

/** A day within the months given; every sixth source knows the month only. */
function inventDate([first, last], openFrom) {
  const month = chance.integer(monthNumber(openFrom > first ? openFrom : first), monthNumber(last));
  const text = `${Math.floor(month / 12)}-${pad((month % 12) + 1)}`;
  return chance.happens(1 / 6) ? text : `${text}-${pad(chance.integer(1, 28))}`;
}

function monthNumber(date) {
  const [year, month] = date.split('-').map(Number);
  return year * 12 + month - 1;
}

/** Grade, level and attendance as the outcome's own school would write them. */
function inventResult({ grade_scale, level, min_attendance_percent }) {
  return {
    grade: chance.happens(0.02) ? '' : inventGrade(grade_scale),
    level,
    attendance_percent: min_attendance_percent && inventAttendance(),
  };
}

function inventAttendance() {
  return String(chance.happens(0.06) ? chance.integer(40, 79) : chance.integer(80, 100));
}

function inventGrade(scale) {
  switch (scale) {
    case 'percent':
      return String(chance.happens(0.05) ? chance.integer(38, 59) : chance.integer(60, 97));
    case 'five-grade':
      return chance.happens(0.04) ? '不及格' : chance.pick(['及格', '中', '中', '良', '良', '优']);
    case 'pass-fail':
      return chance.happens(0.03) ? '不合格' : '合格';
    case 'cet-710':
      return String(chance.integer(380, 560));
    default:
      return '';
  }
}

function addCompletion(ref, { institution, outcome, completed_on, ...result }) {
  completions.push({
    institution,
    external_id: `${completed_on.slice(0, 4)}-${ref}-${outcome}`,
    learner: ref,
    outcome,
    completed_on,
    grade: result.grade ?? '',
    level: result.level ?? '',
    // Schools state the hours of what they taught; a certificate has none.
    hours: outcomes.get(outcome).hours,
    credits: result.credits ?? '',
    attendance_percent: result.attendance_percent ?? '',
    note: result.note ?? '',
  });
}

function pad(number) {
  return String(number).padStart(2, '0');
}

function writeCsv(name, rows) {
  const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  writeFileSync(join(OUTPUT, name), lines.map((line) => `${line.map(cell).join(',')}\n`).join(''));
}
