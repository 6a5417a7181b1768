/** What evdev and hidraw pads share: a talker on an input line. */
import { ok, type Result } from '../../failures/failure.ts';
import { type AboutInput, type InputSettings, openInput } from '../transport/input-line.ts';
import { HEAR_MS } from '../transport/listening.ts';
import type { WireTrace } from '../transport/trace.ts';
import { type PadTalker, padLost, padRefused } from './pad.ts';
import { type PenReport, PenTrack } from './pen-track.ts';
import type { PadTraits } from './port.ts';

/** Bytes of the device → reports; one for each time that somebody listens. */
export type ReadPen = (bytes: Uint8Array) => PenReport[];

export interface InputPen {
  readonly identity: string;
  readonly traits: PadTraits;
  reader(): ReadPen;
}

/** @param recognise What the device told of itself → the pad, or why it is none. */
export async function openInputPen(
  settings: InputSettings,
  recognise: (about: AboutInput) => Result<InputPen>,
  wire?: WireTrace,
): Promise<Result<PadTalker>> {
  const opened = await openInput(settings, wire);
  if (!opened.ok) return padRefused(opened.failure);
  const line = opened.value;
  const recognised = recognise(line.about);
  if (!recognised.ok) {
    await line.close();
    return recognised;
  }
  const { identity, traits, reader } = recognised.value;
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  let read = reader();
  let track = new PenTrack(traits);
  return ok({
    identity,
    traits,
    get alive() {
      return alive;
    },
    async start() {
      line.discard();
      read = reader();
      track = new PenTrack(traits);
      return ok();
    },
    async hear() {
      const received = await line.read(HEAR_MS);
      if (!received.ok) return padLost(received.failure);
      return ok(read(received.value).flatMap((report) => track.push(report)));
    },
    close: () => line.close(),
  });
}
