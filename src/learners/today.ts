const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Today's date in China, `yyyy-MM-dd`, whatever the time zone of the server. */
export function todayInChina(): string {
  return new Date(Date.now() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
