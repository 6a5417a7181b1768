import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundaryOf, LONGEST_PICTURE, MjpegParser } from '../../../src/devices/sbi/mjpeg.ts';

const BOUNDARY = '--BoundaryString';

/** As the public mock service sends them; the length is not always told. */
function part(picture: Uint8Array, told: boolean): Buffer {
  const length = told ? `Content-Length: ${picture.length}\r\n` : '';
  const head = `${BOUNDARY}\r\nContent-Type: image/jpeg\r\n${length}\r\n`;
  return Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n')]);
}
const picture = fc
  .uint8Array({ maxLength: 300 })
  .map((inside) => Uint8Array.of(0xff, 0xd8, ...inside, 0xff, 0xd9));
/** Neither a part nor the beginning of one at its end. */
const noise = fc
  .uint8Array({ maxLength: 60 })
  .map((bytes) => bytes.map((byte) => (byte === 0x2d ? 0 : byte)));

function parse(stream: Buffer, cuts: readonly number[]): Uint8Array[] {
  const parser = new MjpegParser(BOUNDARY);
  const places = [
    0,
    ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b),
    stream.length,
  ];
  return places.slice(0, -1).flatMap((from, i) => parser.push(stream.subarray(from, places[i + 1])));
}
const cuts = fc.array(fc.nat(), { maxLength: 12 });
const hex = (pictures: readonly Uint8Array[]) => pictures.map((each) => Buffer.from(each).toString('hex'));
const END = Buffer.from(BOUNDARY);

it('gives every whole picture and nothing else, whatever is between and however it is cut', () => {
  const piece = fc.oneof(
    fc.record({ good: picture, told: fc.boolean() }),
    fc.record({ noise }),
    fc.record({ torn: picture, from: fc.nat(), length: fc.integer({ min: 1, max: 40 }) }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), cuts, (pieces, places) => {
      const stream = pieces.map((each) => {
        // Noise before a part whose length is not told would belong to the part before it.
        if ('noise' in each) return Buffer.concat([part(Uint8Array.of(0), true), each.noise]);
        if ('good' in each) return part(each.good, each.told);
        const whole = part(each.torn, true);
        const inside = whole.length - each.torn.length - 2 + (each.from % each.torn.length);
        return Buffer.concat([whole.subarray(0, inside), whole.subarray(inside + each.length)]);
      });
      const good = pieces.flatMap((each) => ('good' in each ? [each.good] : []));
      expect(hex(parse(Buffer.concat([...stream, END]), places))).toEqual(hex(good));
    }),
    { numRuns: 300 },
  );
});

it('gives a picture of told length as soon as it is whole', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 1, 2, 3, 0xff, 0xd9);
  const stream = part(jpeg, true);
  const parser = new MjpegParser(BOUNDARY);
  expect(parser.push(stream.subarray(0, -3))).toEqual([]);
  expect(hex(parser.push(stream.subarray(-3, -2)))).toEqual(hex([jpeg]));
});

it('does not wait for the rest of a part behind which another has begun', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);
  const short = Buffer.from(`${BOUNDARY}\r\nContent-Length: 100000\r\n\r\nabc\r\n`);
  expect(hex(parse(Buffer.concat([short, part(jpeg, true)]), []))).toEqual(hex([jpeg]));
});

it('finds the pictures behind one that tells a length that nobody may send', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);
  const huge = Buffer.from(`${BOUNDARY}\r\nContent-Length: ${LONGEST_PICTURE + 1}\r\n\r\nabc\r\n`);
  expect(hex(parse(Buffer.concat([huge, part(jpeg, true)]), []))).toEqual(hex([jpeg]));
});

it('holds no more than one picture of a stream without end', () => {
  const parser = new MjpegParser(BOUNDARY);
  parser.push(Buffer.from(`${BOUNDARY}\r\nContent-Type: image/jpeg\r\n\r\n`));
  const megabyte = Buffer.alloc(1_024 * 1_024, 1);
  for (let i = 0; i < 20; i++) expect(parser.push(megabyte)).toEqual([]);
  const jpeg = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);
  expect(hex(parser.push(part(jpeg, true)))).toEqual(hex([jpeg]));
});

it('reads the boundary, announced with its hyphens or without', () => {
  expect(boundaryOf('multipart/x-mixed-replace; boundary=--BoundaryString')).toBe('--BoundaryString');
  expect(boundaryOf('Multipart/X-Mixed-Replace;boundary="frame"; charset=x')).toBe('frame');
  expect(boundaryOf('application/json')).toBeUndefined();
  expect(boundaryOf('multipart/x-mixed-replace')).toBeUndefined();
  const jpeg = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);
  const stream = Buffer.concat([Buffer.from('--frame\r\nContent-Length: 5\r\n\r\n'), jpeg]);
  expect(hex(new MjpegParser('frame').push(stream))).toEqual(hex([jpeg]));
});
