/** The driver of a Wacom STU pad on hidraw. It reads the pen; what the pad shows on its own screen is left alone. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { AboutInput } from '../transport/input-line.ts';
import type { WireTrace } from '../transport/trace.ts';
import { type InputPen, openInputPen } from './input-pen.ts';
import { createPad } from './pad.ts';
import type { PadTraits, SignaturePad } from './port.ts';
import type { WacomStuSettings } from './settings.ts';
import { readCapability, readInformation, StuParser } from './stu-reports.ts';

/** Failures: PAD-…, and from opening it INPUT-FORBIDDEN, INPUT-BUSY, INPUT-OPEN-FAILED. Not tried on hardware. */
export function createWacomStu(settings: WacomStuSettings, wire?: WireTrace): SignaturePad {
  return createPad(settings.id, () =>
    openInputPen(
      { path: settings.port, kind: 'hidraw' },
      (about) => recogniseStu(about, settings.ranges),
      wire,
    ),
  );
}

/** What the pad told of itself → the pad. PAD-SCALE-UNKNOWN. */
export function recogniseStu(
  { name, features }: AboutInput,
  configured: PadTraits | undefined,
): Result<InputPen> {
  const feature = (number: number) => {
    const hex = features?.[number];
    return hex === undefined ? undefined : Buffer.from(hex, 'hex');
  };
  const traits = configured ?? readCapability(feature(0x09));
  if (!traits) return fail('PAD-SCALE-UNKNOWN', name ?? 'a FIFO');
  return ok({
    identity: readInformation(feature(0x08)) ?? name ?? 'Wacom STU without a name',
    traits,
    reader: () => {
      const parser = new StuParser(traits);
      return (bytes) => parser.push(bytes, performance.now());
    },
  });
}
