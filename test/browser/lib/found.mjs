/** What was found on one page, the same complaint in several variants as one. */
export class Found {
  #variants = 0;
  #by = new Map();

  constructor(tally) {
    this.tally = tally;
  }

  add(variant, complaints) {
    this.#variants += 1;
    this.tally.add(complaints);
    for (const complaint of complaints) {
      this.#by.set(complaint, [...(this.#by.get(complaint) ?? []), variant]);
    }
  }

  print(name, tookMs) {
    const mark = this.#by.size === 0 ? '✓' : '✗';
    console.log(`${mark} ${name} (${this.#variants} variants, ${(tookMs / 1000).toFixed(1)} s)`);
    for (const [complaint, variants] of this.#by) {
      console.log(`    ${variants.join(', ')}: ${complaint}`);
    }
  }
}
