/**
 * `npm run bench -- torn [RESIDENTS]`: a day's residents at every device of config/bench.json but the card
 * readers, while 5 % of all frames on every line are torn; no pauses on the lines. Exit status 1 when a device got stuck.
 */
import { TORN, tornDay } from './torn-day.ts';

export async function run(args: readonly string[]): Promise<number> {
  const residents = Number(args[0] ?? 200);
  const begun = performance.now();
  const day = await tornDay(residents);
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`${residents} residents, ${TORN * 100} % of all frames torn, ${seconds} s\n`);
  for (const { device, served, failed, longestMs } of day) {
    const failures = Object.entries(failed).map(([code, count]) => `${code} ${count}`);
    process.stdout.write(
      `${device.padEnd(8)} ${served === residents ? 'served all' : `STUCK after ${served}`}, longest ${longestMs} ms; tried again: ${failures.join(', ') || 'never'}\n`,
    );
  }
  return day.every(({ served }) => served === residents) ? 0 : 1;
}
