/** What is done by hand to the virtual devices, from any screen's drawer. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { BenchCommand, BenchStatus } from '../contract/bench.ts';

export interface Bench {
  status(): BenchStatus;
  subscribe(listener: () => void): () => void;
  send(command: BenchCommand): Promise<Result<unknown>>;
}

/** Fails with UI-NOT-ALLOWED where the devices are real, and with what the bench says. */
export async function performOnBench(bench: Bench | undefined, command: BenchCommand): Promise<Result> {
  if (!bench) return fail('UI-NOT-ALLOWED', 'the devices are real');
  const done = await bench.send(command);
  return done.ok ? ok() : done;
}
