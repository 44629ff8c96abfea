/** How a value may be shown again in a list of faults, which is stored in the clear. */
export type Sensitivity = 'plain' | 'name' | 'number';

const SHOWN_CHARACTERS = 60;

/**
 * A value as it may appear in a fault list: numbers of documents keep four characters at each end,
 * names keep the first, and everything else is cut to 60 characters with long runs of digits
 * masked, because identity numbers turn up in the wrong column. Invisible characters are named.
 */
export function maskValue(text: string, sensitivity: Sensitivity): string {
  const visible = showInvisible(text.trim());
  const shown =
    sensitivity === 'number'
      ? maskNumber(visible)
      : sensitivity === 'name'
        ? maskName(visible)
        : visible.replace(/\d[\dXx]{10,}/g, maskNumber);
  const characters = Array.from(shown);
  return characters.length > SHOWN_CHARACTERS
    ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
    : shown;
}

/** `500112199001011234` becomes `5001**********1234`. */
function maskNumber(text: string): string {
  const characters = Array.from(text);
  const kept = characters.length >= 12 ? 4 : characters.length >= 4 ? 1 : 0;
  return characters
    .map((c, i) => (i < kept || i >= characters.length - kept ? c : '*'))
    .join('')
    .slice(0, SHOWN_CHARACTERS);
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
