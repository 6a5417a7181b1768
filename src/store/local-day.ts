/** The day on the kiosk's own calendar, in the time zone of the machine: YYYY-MM-DD. `at`: ISO 8601. */
export function localDay(at: string): string {
  const time = new Date(at);
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${time.getFullYear()}-${month}-${day}`;
}
