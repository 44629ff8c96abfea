import type { PersonLinkWithEnd } from './person-links.store.js';

type Standing = Pick<PersonLinkWithEnd, 'id' | 'action' | 'survivorId' | 'absorbedId' | 'undoneBy'>;

/**
 * All accounts of the person to whom an account belongs by the merges that stand, the surviving one
 * first: whoever was absorbed comes behind whoever absorbed, in the order of the entries.
 */
export function selvesBy(links: readonly Standing[], account: string): [string, ...string[]] {
  const standing = links.filter(({ action, undoneBy }) => action === 'merge' && undoneBy === null);
  const survivorOf = new Map(standing.map((link) => [link.absorbedId, link.survivorId]));
  let survivor = account;
  for (let next = survivorOf.get(survivor); next !== undefined; next = survivorOf.get(survivor)) {
    survivor = next;
  }
  const selves: [string, ...string[]] = [survivor];
  // The list grows while it is walked: those whom an absorbed account had absorbed follow it.
  for (const one of selves) {
    selves.push(
      ...standing.filter(({ survivorId }) => survivorId === one).map((link) => link.absorbedId),
    );
  }
  return selves;
}
