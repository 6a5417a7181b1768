/** What the kiosk writes at the head of every record that it makes. */

/**
 * Device and quality algorithm have no registered numbers: 0, not told. The time is in UTC.
 * @param score 0–100
 */
export function headerOf(date: Date, score: number) {
  return {
    time: {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      millisecond: date.getUTCMilliseconds(),
    },
    device: { technology: 0, vendor: 0, type: 0 },
    qualities: [{ score, vendor: 0, algorithm: 0 }],
  };
}
