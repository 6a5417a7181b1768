/** A virtual person before the virtual devices: helps with whatever a capture asks for, as somebody at the kiosk would. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CaptureRoom } from './capture/room.ts';
import type { Result } from './failures/failure.ts';
import type { CaptureStage, Stage } from './flows/session-status.ts';
import type { Bench } from './virtual/client.ts';
import type { BenchCommand } from './virtual/commands.ts';

export interface Person {
  /** Resolves when the devices have been given what they wait for: a finger, an eye, a face, both lines of a signature. */
  help(stage: CaptureStage): Promise<void>;
}

/** @param name of the virtual person whose fingers, eyes, face and hand are used */
export function createPerson(
  captureRoom: Pick<CaptureRoom, 'subscribePreview'>,
  bench: Pick<Bench, 'send'>,
  name: string,
): Person {
  const hand = async (command: BenchCommand) => must(await bench.send(command));
  const show = (device: string, what: object) =>
    hand({ command: 'device', device, act: { show: { person: name, ...what } } });

  async function sign(preview: string): Promise<void> {
    const written = strokesShown(captureRoom, preview);
    // A pad tells nothing of a pen before it hovers.
    for (let x = 1; written.shown() === 0 && x < 200; x++) {
      await hand({ command: 'device', device: 'pad', act: { hover: [x % 50, 1] } });
      await delay(10);
    }
    await hand({ command: 'device', device: 'pad', act: { sign: { seed: name } } });
    await written.both;
  }

  return {
    async help({ kind, step, phase, fingers: [finger], eyes: [eye], background, preview }) {
      if (kind === 'photo') await show('photo', { background: background ?? 'blue' });
      else if (kind === 'exception-photo') await show('photo', { background: 'blue' });
      else if (kind === 'iris' && eye) await show('iris', { eye });
      else if (kind === 'signature' && phase === 'writing' && preview !== null) await sign(preview);
      else if (kind === 'finger' && finger !== undefined)
        await hand({
          ...{ command: 'press', sensor: 'finger', finger: `${name}-${finger}` },
          // The very same picture twice would be taken for a replay, as it should.
          impression: step === 'chip-fingers' ? 3 : 1,
        });
    },
  };
}

/** What a person would act on: what is asked for, and how often it was not good enough. */
export function askedIn(stage: Stage): string {
  if (stage.at !== 'capture') return '';
  const { phase, asked, tries, preview } = stage;
  return JSON.stringify([phase === 'placing' ? 'waiting' : phase, asked, tries, preview]);
}

/** Resolves when name and flourish are on the screen. */
function strokesShown({ subscribePreview }: Pick<CaptureRoom, 'subscribePreview'>, preview: string) {
  let shown = 0;
  const both = new Promise<void>((resolve) => {
    const unsubscribe = subscribePreview(preview, ({ bytes }) => {
      shown++;
      if (Buffer.from(bytes).toString().split('<polyline').length - 1 < 2) return;
      unsubscribe();
      resolve();
    });
  });
  return { both, shown: () => shown };
}

function must(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
}
