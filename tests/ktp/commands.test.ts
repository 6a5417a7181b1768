import { describe, expect, it } from 'vitest';
import { buildApdu } from '../../src/devices/card-reader/script.ts';
import * as commands from '../../src/ktp/commands.ts';
import { FILE } from '../../src/ktp/files.ts';
import { bytes, hex } from './bench.ts';

const control29 = '11'.repeat(29);
const control51 = '22'.repeat(51);
const uid8 = '80C0C1C2C3C4C5C6';
const challenge = 'A0A1A2A3A4A5A6A7';
const token = '5A'.repeat(40);

/**
 * Every line of the exchange table in ktp-el-card.md: the command, its bytes as written there, and what the answer
 * that it carries on, if it does, holds before its status word.
 */
const table: [commands.Command, string, before?: string][] = [
  [commands.selectApplication, '00 A4 00 00 02 7F 0A'],
  [commands.typeBUid.DD, '00 DD 00 00 08'],
  [commands.typeBUid.DF, '00 DF 00 00 00'],
  [commands.typeAUid, 'FF CA 00 00 00'],
  [commands.openSam(bytes('33'.repeat(32))), `00 F0 00 00 20 ${'33'.repeat(32)}`],
  [commands.resetSam, '00 FF 00 00 00'],
  [commands.selectFile(FILE.cardControl), '00 A4 00 00 02 6F F0'],
  [commands.selectFile(FILE.digitalSignature), '00 A4 00 00 02 6F F6'],
  [commands.readBinary(FILE.photo, 0, 8), '00 B0 00 00 08'],
  [commands.readBinary(FILE.photo, 0x1234, 248), '00 B0 12 34 F8'],
  [commands.readBinary(FILE.digitalSignature, 0, 80), '00 B0 00 00 50'],
  [commands.getChallenge, '00 84 00 00 08'],
  [
    commands.computeToken('old', bytes(control29), bytes(uid8)),
    `00 F1 00 00 2D ${control29}${uid8}${challenge}`,
    challenge,
  ],
  [
    commands.computeToken('new', bytes(control51), bytes(uid8)),
    `00 F1 00 01 43 ${control51}${uid8}${challenge}`,
    challenge,
  ],
  [commands.externalAuthenticate, `00 82 00 00 28 ${token}`, token],
  [commands.verifyToken, `00 F2 00 00 28 ${token}`, token],
  [commands.wrap(commands.selectFile(FILE.biodata)), '00 F3 00 00 07 00 A4 00 00 02 6F F1'],
  [commands.wrap(commands.readBinary(FILE.biodata, 8, 208)), '00 F3 00 00 05 00 B0 00 08 D0'],
  [commands.protectedForm(commands.readBinary(FILE.biodata, 8, 208)), '0C B0 00 08', '0CB00008'],
  [commands.unwrap(commands.readBinary(FILE.biodata, 8, 208)), '00 F4 00 00 04 99 02 90 00', '99029000'],
  [commands.startSignatureCheck, '00 FA 00 00 00'],
  [commands.stopSignatureCheck, '00 FA 02 00 00'],
  [commands.giveSignature, `00 FA 06 00 50 ${'44'.repeat(80)}`, `${'44'.repeat(80)}9000`],
  [commands.givePhoto(bytes('04B0FFD8FFE00010')), '00 FA 03 00 08 04 B0 FF D8 FF E0 00 10'],
  [commands.autoDecipher, '00 FA 05 00 00'],
  [commands.verdict, '00 FA 04 00 00'],
  [commands.activate, '00 F8 00 00 00'],
  [commands.samUid, '00 F7 00 00 00'],
];

describe('commands', () => {
  it.each(table)('$name', ({ apdu }, written, before = '') => {
    // FA06 carries on the answer before that of FA00.
    const answers = apdu === commands.giveSignature.apdu ? [`${before}9000`, '9000'] : [`${before}9000`];
    expect(hex(buildApdu(apdu, answers.map(bytes))!)).toBe(written.replaceAll(' ', ''));
  });

  it('are named by what a technician looks for', () => {
    const read = commands.readBinary(FILE.minutiae2, 216, 208);
    expect(read.name).toBe('READ 6FF5 at 216');
    expect(commands.wrap(read).name).toBe('F3 of READ 6FF5 at 216');
    expect(commands.unwrap(read).name).toBe('F4 of READ 6FF5 at 216');
  });
});
