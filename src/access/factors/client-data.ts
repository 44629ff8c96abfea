/**
 * The challenge that a browser says it answers (WebAuthn `clientDataJSON`, base64url of JSON);
 * undefined when the text is none. Nothing is proved by it: it finds the challenge that was given.
 */
export function challengeOf(clientDataJson: string): string | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    const challenge = (data as { challenge?: unknown } | null)?.challenge;
    return typeof challenge === 'string' && challenge !== '' ? challenge : undefined;
  } catch {
    return undefined;
  }
}
