/** A virtual person before the virtual devices: helps with whatever a capture asks for, as somebody at the kiosk would. */
import type { CaptureRoom } from './capture/room.ts';
import type { Result } from './failures/failure.ts';
import type { CaptureStage, Stage } from './flows/session-status.ts';
import type { Bench } from './virtual/client.ts';
import type { Deed } from './virtual/deeds.ts';

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
  const does = async (deed: Deed) => must(await bench.send({ command: 'person', person: name, deed }));
  return {
    async help({ kind, phase, fingers, eyes, background, preview }) {
      if (kind === 'photo') await does({ does: 'face', background: background ?? 'blue' });
      else if (kind === 'iris' && eyes.length > 0) await does({ does: 'eyes', eyes: [...eyes] });
      else if (kind === 'finger' && fingers.length > 0)
        await does({ does: 'fingers', fingers: [...fingers] });
      else if (kind === 'signature' && phase === 'writing' && preview !== null) {
        const written = bothLinesShown(captureRoom, preview);
        await does({ does: 'sign' });
        await written;
      }
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
function bothLinesShown({ subscribePreview }: Pick<CaptureRoom, 'subscribePreview'>, preview: string) {
  return new Promise<void>((resolve) => {
    const unsubscribe = subscribePreview(preview, ({ bytes }) => {
      if (Buffer.from(bytes).toString().split('<polyline').length - 1 < 2) return;
      unsubscribe();
      resolve();
    });
  });
}

function must(result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
}
