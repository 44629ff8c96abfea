const SEPARATOR = '//';

/**
 * A requirement tree of TigerPath with what it leaves unsaid: limits, paths, whether a course may
 * count here besides its own place.
 *
 * @param languages codes of the departments that `LANG` stands for
 */
export function treeOf(requirement) {
  const { type, year, code } = requirement;
  return nodeOf(requirement, {
    id: 'root',
    path: [type, year, code].join(SEPARATOR),
    isShared: false,
    minDefault: 'ALL',
  });
}

function nodeOf(written, { id, path, isShared, minDefault }) {
  const own = written.double_counting_allowed ?? isShared;
  const children = (written.req_list ?? []).map((child, index) =>
    nodeOf(child, {
      id: `${id}-${index}`,
      path: [path, child.name || String(index).padStart(3, '0')].join(SEPARATOR),
      isShared: own,
      minDefault: 0,
    }),
  );
  const max = written.max_counted ?? null;
  const below = belowOf(written, children, max);
  const wanted = written.min_needed ?? minDefault;
  return {
    id,
    path,
    name: nameOf(written),
    min: wanted === 'ALL' ? below : wanted,
    max,
    /** The most that can come from below: what `ALL` stands for one level up. */
    most: max === null ? below : Math.min(max, below),
    isShared: own,
    children,
    courses: written.course_list ?? null,
    excluded: written.excluded_course_list ?? [],
    area: written.dist_req ?? null,
    progress: written.num_courses
      ? { courses: written.num_courses, semester: written.completed_by_semester }
      : null,
  };
}

function belowOf(
  { course_list: list, req_list: below, dist_req: area, num_courses: n },
  children,
  max,
) {
  if (below) return children.reduce((sum, { most }) => sum + most, 0);
  if (list) return list.length;
  return (area || n) && max ? max : 0;
}

function nameOf({ name, num_courses: courses, completed_by_semester: semester }) {
  if (name || courses === undefined) return name || null;
  return `Complete ${courses} courses by Semester ${semester}`;
}

export function leavesOf(node) {
  return node.children.length > 0 ? node.children.flatMap(leavesOf) : [node];
}

/** Whether a course of this name and area may count in a leaf. */
export function mayCount({ name, area }, leaf, languages) {
  if (leaf.area !== null) return area === leaf.area;
  if (leaf.courses === null) return false;
  const fits = (pattern) => isMatch(name, pattern, languages);
  return leaf.courses.some(fits) && !leaf.excluded.some(fits);
}

const namesIn = (text) => text.split('/').map((name) => name.replaceAll(/\s/g, '').toUpperCase());

/** A course with several names has the one or the other; `*` stands for the rest of a number. */
function isMatch(course, pattern, languages) {
  const patterns = namesIn(pattern.split(':')[0]);
  return namesIn(course).some((name) => patterns.some((each) => isNamed(name, each, languages)));
}

function isNamed(name, pattern, languages) {
  if (name === pattern) return true;
  const isLanguage = pattern.startsWith('LANG') && languages.includes(name.slice(0, 3));
  const wanted = isLanguage ? name.slice(0, 3) + pattern.slice(4) : pattern;
  const star = wanted.indexOf('*');
  if (star === -1) return name === wanted;
  return star >= 3 && name.length > star && name.slice(0, star) === wanted.slice(0, star);
}
