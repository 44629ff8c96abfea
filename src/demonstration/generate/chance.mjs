/**
 * Repeatable chance: the same seed gives the same district on every machine
 * (mulberry32, a public-domain generator of 32-bit numbers).
 */
export function createChance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (least, most) => least + Math.floor(next() * (most - least + 1));
  const pick = (list) => list[integer(0, list.length - 1)];
  return {
    integer,
    pick,
    happens: (probability) => next() < probability,
    /** `count` different members, in the order of the list. */
    sample(list, count) {
      const left = [...list];
      while (left.length > count) left.splice(integer(0, left.length - 1), 1);
      return left;
    },
  };
}
