const DAY_MS = 86_400_000;

/** The day in China, `yyyy-mm-dd`: promises are counted in its days. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** Days from one day to another, both `yyyy-mm-dd`; negative when it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
