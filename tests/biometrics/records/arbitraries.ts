/** Made-up parts of ISO/IEC 19794:2011 records. */
import fc from 'fast-check';
import type { CaptureHeader } from '../../../src/biometrics/records/capture-header.ts';
import type { FaceImageRepresentation } from '../../../src/biometrics/records/face-image.ts';
import type { FingerImageRepresentation } from '../../../src/biometrics/records/finger-image.ts';
import type { IrisImageRepresentation } from '../../../src/biometrics/records/iris-image.ts';
import type {
  ChannelName,
  SignatureChannel,
  SignatureRepresentation,
} from '../../../src/biometrics/records/signature-data.ts';

const byte = fc.nat(0xff);
const word = fc.nat(0xffff);

const captureHeader: fc.Arbitrary<CaptureHeader> = fc.record({
  time: fc.option(
    fc.record({
      year: fc.nat(0xfffe),
      month: byte,
      day: byte,
      hour: byte,
      minute: byte,
      second: byte,
      millisecond: word,
    }),
  ),
  device: fc.record({ technology: byte, vendor: word, type: word }),
  qualities: fc.array(fc.record({ score: byte, vendor: word, algorithm: word }), { maxLength: 5 }),
  certifications: fc.array(fc.record({ authority: word, scheme: byte }), { maxLength: 3 }),
});

const rate = fc.record({ x: word, y: word });
const bytes = fc.uint8Array({ maxLength: 60 }).map((noise) => new Uint8Array(noise));

export const fingerImage: fc.Arbitrary<FingerImageRepresentation> = fc
  .record({
    position: byte,
    number: byte,
    unit: fc.constantFrom('inch', 'cm'),
    scanRate: rate,
    imageRate: rate,
    depth: byte,
    compression: fc.constantFrom(
      'raw',
      'packed',
      'wsq',
      'jpeg',
      'jpeg2000-lossy',
      'jpeg2000-lossless',
      'png',
    ),
    impression: byte,
    width: word,
    height: word,
    image: bytes,
    extended: bytes,
  })
  .chain((image) => captureHeader.map((header) => ({ ...header, ...image }) as FingerImageRepresentation));

const span = fc.record({ smallest: word, largest: word });

export const irisImage: fc.Arbitrary<IrisImageRepresentation> = fc
  .record({
    number: word,
    eye: fc.constantFrom('unknown', 'right', 'left'),
    kind: fc.constantFrom('uncropped', 'vga', 'cropped', 'cropped-and-masked'),
    format: fc.constantFrom('raw', 'jpeg', 'jpeg2000', 'png'),
    horizontal: fc.constantFrom('unknown', 'base', 'flipped'),
    vertical: fc.constantFrom('unknown', 'base', 'flipped'),
    compressionHistory: fc.constantFrom('unknown', 'lossless-or-none', 'lossy'),
    width: word,
    height: word,
    depth: byte,
    range: word,
    roll: fc.option(fc.record({ angle: fc.nat(0xfffe), uncertainty: word })),
    centreX: span,
    centreY: span,
    diameter: span,
    image: bytes,
  })
  .chain((image) =>
    captureHeader.map(
      ({ time, device, qualities }) => ({ time, device, qualities, ...image }) as IrisImageRepresentation,
    ),
  );

const pose = fc.tuple(byte, byte, byte);

export const faceImage: fc.Arbitrary<FaceImageRepresentation> = fc
  .record({
    landmarks: fc.array(fc.record({ type: byte, code: byte, x: word, y: word, z: word }), { maxLength: 3 }),
    gender: byte,
    eyeColour: byte,
    hairColour: byte,
    subjectHeight: byte,
    properties: fc.nat(0xffffff),
    expression: word,
    pose,
    poseUncertainty: pose,
    kind: fc.constantFrom('basic', 'full-frontal', 'token-frontal', 'post-processed-frontal'),
    format: fc.constantFrom('jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'),
    width: word,
    height: word,
    samplingRateLevel: byte,
    processing: word,
    crossReference: byte,
    colourSpace: fc.constantFrom('unspecified', 'rgb-24', 'yuv-422', 'grey-8', 'rgb-48', 'grey-16', 'other'),
    image: bytes,
  })
  .chain((image) =>
    captureHeader.map(
      ({ time, device, qualities }) => ({ time, device, qualities, ...image }) as FaceImageRepresentation,
    ),
  );

const signed = fc.integer({ min: -0x8000, max: 0x7fff });
const channelRanges: Readonly<Record<ChannelName, fc.Arbitrary<number>>> = {
  x: signed,
  y: signed,
  z: word,
  vx: signed,
  vy: signed,
  ax: signed,
  ay: signed,
  t: word,
  dt: word,
  f: word,
  s: byte,
  tx: signed,
  ty: signed,
  azimuth: word,
  elevation: word,
  rotation: word,
};
/** What a scaling field can hold. */
const scaling = fc
  .tuple(fc.nat(31), fc.nat(0x7ff))
  .map(([exponent, fraction]) => (1 + fraction / 0x800) * 2 ** (exponent - 16));

function channelOf(name: ChannelName, samples: number): fc.Arbitrary<SignatureChannel> {
  const value = channelRanges[name];
  const limit = fc.option(name === 's' ? word : value);
  return fc.record({
    name: fc.constant(name),
    scaling: fc.option(scaling),
    minimum: limit,
    maximum: limit,
    mean: limit,
    deviation: fc.option(word),
    values: fc.array(value, { minLength: samples, maxLength: samples }),
  });
}

export const signatureData: fc.Arbitrary<SignatureRepresentation> = fc
  .tuple(
    fc.subarray((Object.keys(channelRanges) as ChannelName[]).slice(2)),
    fc.nat(12),
    captureHeader,
    bytes,
  )
  .chain(([more, samples, header, extended]) =>
    fc
      .tuple(...(['x', 'y', ...more] as ChannelName[]).map((name) => channelOf(name, samples)))
      .map((channels) => ({ ...header, channels, extended })),
  );
