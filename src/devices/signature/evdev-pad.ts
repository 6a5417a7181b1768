/** The driver of a pen tablet that Linux knows as an input device. It is grabbed: the pen moves no pointer. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { AboutInput } from '../transport/input-line.ts';
import type { WireTrace } from '../transport/trace.ts';
import { EvdevPen } from './evdev-pen.ts';
import { type InputPen, openInputPen } from './input-pen.ts';
import { createPad } from './pad.ts';
import type { PadTraits, SignaturePad } from './port.ts';
import type { EvdevPadSettings } from './settings.ts';

const FROM_ZERO = { x: 0, y: 0, pressure: 0 };

/** Failures: PAD-…, and from opening it INPUT-FORBIDDEN, INPUT-BUSY, INPUT-OPEN-FAILED. Not tried on hardware. */
export function createEvdevPad(settings: EvdevPadSettings, wire?: WireTrace): SignaturePad {
  return createPad(settings.id, () =>
    openInputPen(
      { path: settings.port, kind: 'evdev' },
      (about) => recogniseTablet(about, settings.ranges),
      wire,
    ),
  );
}

/** What the tablet told of itself → the pad. PAD-SCALE-UNKNOWN. */
export function recogniseTablet(
  { name, axes }: AboutInput,
  configured: PadTraits | undefined,
): Result<InputPen> {
  const traits = configured ?? traitsOf(axes);
  if (!traits) return fail('PAD-SCALE-UNKNOWN', name ?? 'a FIFO');
  const lowest = axes
    ? { x: axes.x?.min ?? 0, y: axes.y?.min ?? 0, pressure: axes.pressure?.min ?? 0 }
    : FROM_ZERO;
  return ok({
    identity: name ?? 'evdev pen without a name',
    traits,
    reader: () => {
      const pen = new EvdevPen(lowest);
      return (bytes) => pen.push(bytes);
    },
  });
}

/** An axis that the device does not have is all zero (EVIOCGABS). */
function traitsOf(axes: AboutInput['axes']): PadTraits | undefined {
  if (!axes?.x?.perMm || !axes.y?.perMm) return undefined;
  const span = ({ min, max }: { min: number; max: number }) => max - min;
  return {
    x: { max: span(axes.x), perMm: axes.x.perMm },
    y: { max: span(axes.y), perMm: axes.y.perMm },
    maxPressure: (axes.pressure && span(axes.pressure)) || null,
  };
}
