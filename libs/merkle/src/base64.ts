/**
 * Reads base64 and refuses every text but the one that the bytes give: `Buffer.from` alone drops
 * what it does not know, and one signature would have many spellings.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
