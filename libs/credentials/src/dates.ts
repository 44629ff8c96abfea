/** `xsd:dateTimeStamp`: a moment with its zone. */
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** A moment as VCDM 2.0 and Data Integrity write it; undefined for anything else. */
export function readMoment(value: unknown): Date | undefined {
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null;
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  if (hour === undefined || hour > 23 || (minute ?? 60) > 59 || (second ?? 60) > 59)
    return undefined;
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  // 30 February would roll over into March.
  if (date.getUTCMonth() !== (month ?? 0) - 1 || date.getUTCDate() !== day) return undefined;
  return new Date(value as string);
}

/** A moment in whole seconds, as documents carry it. */
export function formatMoment(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
