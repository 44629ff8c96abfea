/** What was found on one page, the same complaint in several variants as one. */
export class Found {
  #complaintsOf = new Map();

  add(variant, complaints) {
    this.#complaintsOf.set(variant, complaints);
  }

  get isClean() {
    return [...this.#complaintsOf.values()].every((complaints) => complaints.length === 0);
  }

  /** Each variant is one check. */
  countIn(tally, name) {
    for (const [variant, complaints] of this.#complaintsOf) {
      tally.add(`${name} · ${variant}`, complaints);
    }
  }

  print(mark, name, tookMs) {
    const seconds = (tookMs / 1000).toFixed(1);
    console.log(`${mark} ${name} (${this.#complaintsOf.size} variants, ${seconds} s)`);
    for (const [complaint, variants] of this.#variantsBy()) {
      console.log(`    ${variants.join(', ')}: ${complaint}`);
    }
  }

  #variantsBy() {
    const by = new Map();
    for (const [variant, complaints] of this.#complaintsOf) {
      for (const complaint of complaints)
        by.set(complaint, [...(by.get(complaint) ?? []), variant]);
    }
    return by;
  }
}
