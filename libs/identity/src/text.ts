/** Full-width letters, digits and signs (U+FF01..U+FF5E) become their ordinary half-width form. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}
