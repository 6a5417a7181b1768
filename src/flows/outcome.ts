/** How a flow's machine reads what its actors answer: every actor's output is a `Result`. */
import type { Failure, Result } from '../failures/failure.ts';

/** The `Result` that an actor's done event carries. */
function resultIn(event: object): Result<unknown> {
  if ('output' in event) return event.output as Result<unknown>;
  throw new Error('the event carries no result');
}

/** Guard: did the actor succeed? */
export const succeeded = ({ event }: { event: object }): boolean => resultIn(event).ok;

/** The failure that the event carries, be it a failed result or a failure by itself. */
export function failureIn(event: object): Failure {
  if ('failure' in event) return event.failure as Failure;
  const result = resultIn(event);
  if (result.ok) throw new Error('the event carries no failure');
  return result.failure;
}

/** The value of a succeeded result. */
export function valueIn<T>(event: object): T {
  const result = resultIn(event);
  if (!result.ok) throw new Error('the event carries a failure');
  return result.value as T;
}
