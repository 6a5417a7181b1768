/** The day on the kiosk's calendar, YYYY-MM-DD, of a time in ISO 8601. */
export type Calendar = (at: string) => string;

/** `timeZone`: IANA name; without it the machine's own. */
export function calendar(timeZone?: string): Calendar {
  // Canada writes its dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone && { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(new Date(at));
}
