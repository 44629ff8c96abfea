import { Visitor } from './visitor.mjs';

/** How many windows look at pages at the same time, unless somebody says otherwise. */
const WINDOWS = 2;

/**
 * Goes to every page with `look(visitor, page)`, in windows side by side. `page` has its address as
 * `path`. What it throws goes to `fail`.
 */
export async function tour({ browser, bank, world, pages, look, fail, windows = WINDOWS }) {
  const waiting = [...pages];
  const work = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      await visit({ browser, bank, world, page, look }).catch((error) => fail(page, error));
    }
  };
  await Promise.all(Array.from({ length: windows }, work));
}

async function visit({ browser, bank, world, page, look }) {
  const path = await addressOf(page, world);
  const visitor = await Visitor.open({ browser, bank, as: page.as });
  visitor.world = world;
  try {
    await look(visitor, { ...page, path });
  } finally {
    await visitor.close();
  }
}

/** Loads a page in a language and mode, presses what it says, and waits until all is there. */
export async function arrive(visitor, page, { language, senior }) {
  await visitor.load(page.path, { language, senior, expects: page.expects });
  if (page.does) {
    await visitor.settle();
    await page.does(visitor.page, visitor.world);
  }
  await visitor.settle(page.shows);
}

/** The address with what `fill` finds in the place of its `:words`. */
async function addressOf({ at, fill }, world) {
  const found = [await fill?.(world)].flat();
  return at.replaceAll(/:\w+/g, () => encodeURIComponent(found.shift()));
}

/** What a page is called in what is printed. */
export function nameOf({ at, as, title }) {
  return [at, as, title].filter(Boolean).join(' · ');
}

/** Those whose name holds one of the words; all when there is none. */
export function chosen(pages, only) {
  const words = only.split(',').filter(Boolean);
  if (words.length === 0) return pages;
  return pages.filter((page) => words.some((word) => nameOf(page).includes(word)));
}
