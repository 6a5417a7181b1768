/** The other end of a serial line, in the hands of a test: a pseudo-terminal that answers as a script says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What to send for a command (given without its NUL), piece by piece; nothing: silence. */
export type Script = (command: string) => string | readonly string[] | undefined;

export interface FarEnd {
  readonly path: string;
  /** Every command so far, as sent, NUL included. */
  readonly heard: string[];
  answers: Script;
  send(text: string): void;
  unplug(): Promise<void>;
}

const PIECE_MS = 15;

export async function plug(path: string, answers: Script): Promise<FarEnd> {
  const socat: ChildProcess = spawn('socat', ['-t0.1', '-', `PTY,raw,echo=0,link=${path}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  while (!existsSync(path)) await delay(5);
  // Without it the line would hang up whenever the driver closes it.
  const keeper = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const gone = new Promise((resolve) => socat.once('exit', resolve));
  socat.stdin!.on('error', () => {});

  let pending = '';
  /** A box has one mouth: an answer is sent after the one before. */
  let mouth = Promise.resolve();
  const end: FarEnd = {
    path,
    heard: [],
    answers,
    send: (text) => void socat.stdin!.write(Buffer.from(text, 'latin1')),
    async unplug() {
      if (socat.exitCode !== null || socat.signalCode !== null) return;
      closeSync(keeper);
      socat.kill();
      await gone;
    },
  };
  socat.stdout!.on('data', (bytes: Buffer) => {
    pending += bytes.toString('latin1');
    for (let at = pending.indexOf('\0'); at !== -1; at = pending.indexOf('\0')) {
      const command = pending.slice(0, at);
      pending = pending.slice(at + 1);
      end.heard.push(`${command}\0`);
      const answer = end.answers(command) ?? [];
      for (const piece of typeof answer === 'string' ? [answer] : answer)
        mouth = mouth.then(() => end.send(piece)).then(() => delay(PIECE_MS));
    }
  });
  return end;
}
