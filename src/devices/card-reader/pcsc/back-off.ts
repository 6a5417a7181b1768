/**
 * How long to wait before attempt `attempt` (0, 1, …) at something that just failed, ms: 100, 200, 400, 800, then
 * 1000, each ± 25 % so that several readers do not try in step. Capped low: a desk whose card service is back must
 * be back too within two seconds.
 */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const even = Math.min(1000, 100 * 2 ** Math.min(attempt, 10));
  return Math.round(even * (0.75 + random() / 2));
}
