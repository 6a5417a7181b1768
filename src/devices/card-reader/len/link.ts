/** One line to an old reader: a command out, its answer in, and the greeting that finds and opens the box. */
import { setTimeout as delay } from 'node:timers/promises';
import { fail, type Result } from '../../../failures/failure.ts';
import type { SerialLine } from '../../transport/serial.ts';
import { buildCommand, FrameParser } from './framing.ts';
import { ack, type Command, open } from './protocol.ts';

/** How long the box may take to answer what it need not work on. */
const ANSWER_MS = 1_500;
/** How much later than the seconds it was given the box may end its work. */
const MARGIN_MS = 3_000;
/** As long as the longest work that the kiosk gives it. */
const BUSY_MS = 12_000;
const BUSY_PAUSE_MS = 250;

/**
 * Sends a command and waits for its answer; answers by another name are late ones and passed over.
 * OLD-LOST: the line ended. OLD-SILENT: nothing came in time. OLD-GARBLED: something came, but not the answer.
 * OLD-OPERATOR-REFUSED: an argument that the protocol cannot carry (only an operator's can be such).
 */
export async function exchange<T>(line: SerialLine, command: Command<T>): Promise<Result<T>> {
  const bytes = buildCommand(command.name, command.args);
  if (!bytes) return fail('OLD-OPERATOR-REFUSED', `${command.name}: an argument cannot be sent`);

  line.discard();
  const written = await line.write(bytes);
  if (!written.ok) return lost(command.name, written);

  const patience = command.seconds > 0 ? command.seconds * 1_000 + MARGIN_MS : ANSWER_MS;
  const deadline = performance.now() + patience;
  const parser = new FrameParser();
  let heard = 0;
  for (;;) {
    // Asked first: a line that babbles without end must not keep the command alive.
    const left = deadline - performance.now();
    const received = left > 0 ? await line.read(left) : undefined;
    if (received?.ok) {
      heard += received.value.length;
      for (const { name, payload } of parser.push(received.value))
        if (name === command.answer) return command.read(payload);
    } else if (received && received.failure.code !== 'SERIAL-SILENT') {
      return lost(command.name, received);
    } else if (heard === 0) {
      return fail('OLD-SILENT', `${command.name}: no answer within ${patience} ms`);
    } else {
      return fail('OLD-GARBLED', `${command.name}: ${heard} bytes, ${parser.dropped} of them noise`);
    }
  }
}

/**
 * Makes sure that the box is at the other end and opens it. A box that is still busy with what another process
 * told it is asked again. OLD-NOT-FOUND: another device is at the other end.
 */
export async function greet(line: SerialLine): Promise<Result<void>> {
  const known = await exchange(line, ack);
  if (!known.ok) return known;
  const deadline = performance.now() + BUSY_MS;
  for (;;) {
    const opened = await exchange(line, open);
    if (opened.ok || opened.failure.code !== 'OLD-BUSY' || performance.now() > deadline) return opened;
    await delay(BUSY_PAUSE_MS);
  }
}

function lost(command: string, result: Extract<Result, { ok: false }>) {
  const { code, detail } = result.failure;
  return fail('OLD-LOST', `${command}: ${code} ${detail ?? ''}`.trimEnd());
}
