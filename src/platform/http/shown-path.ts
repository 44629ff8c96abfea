import { isUuid } from '../ids/index.js';

const HIDDEN = '~';
/** What ids, codes and words of our own paths are made of. */
const PLAIN_SEGMENT = /^[\w.-]{1,100}$/;
/** Identity, telephone and share numbers all have eleven digits or more. */
const LONG_NUMBER = /\d{11}/;

/**
 * The path of a request as an answer may repeat it. A segment that could be a name or a person's
 * number gives way: answers are kept, forwarded and pasted into tickets.
 */
export function shownPath(url: string): string {
  const path = url.split('?')[0] ?? '';
  return path
    .split('/')
    .map((segment) => (segment === '' || isShowable(segment) ? segment : HIDDEN))
    .join('/');
}

function isShowable(segment: string): boolean {
  if (isUuid(segment)) return true;
  return PLAIN_SEGMENT.test(segment) && !LONG_NUMBER.test(segment);
}
