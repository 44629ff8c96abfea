/** The bank's day, which may have begun before the reader's. */
export function bankToday(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
}

/** The later of two days. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
