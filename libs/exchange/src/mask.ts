/** How a value may be shown again in a list of faults, which is stored in the clear. */
export type Sensitivity = 'plain' | 'name';

const SHOWN_CHARACTERS = 60;

/**
 * A value as it may appear in a fault list: names keep their first character, everything else is
 * cut to 60 characters with long runs of digits masked, because identity and telephone numbers turn
 * up in the wrong column. Invisible characters are named.
 */
export function maskValue(text: string, sensitivity: Sensitivity): string {
  const visible = showInvisible(text.trim());
  const shown =
    sensitivity === 'name' ? maskName(visible) : visible.replace(/\d[\dXx]{10,}/g, maskRun);
  return shortened(shown);
}

/** At most as much of a text as a list of faults shows. */
export function shortened(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  const characters = Array.from(text);
  return characters.length > SHOWN_CHARACTERS
    ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
    : text;
}

/** Eighteen digits keep four at each end, eleven keep two: never half of them. */
function maskRun(digits: string): string {
  const kept = Math.floor(digits.length / 4.5);
  const hidden = '*'.repeat(digits.length - 2 * kept);
  return digits.slice(0, kept) + hidden + digits.slice(-kept);
}

function maskName(text: string): string {
  const [first = '', ...rest] = text;
  return first + '*'.repeat(Math.min(rest.length, 10));
}

function showInvisible(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- naming control characters is the purpose
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu,
    (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
