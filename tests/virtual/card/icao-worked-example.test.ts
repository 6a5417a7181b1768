/** The worked example of ICAO Doc 9303-11 (8th ed.), appendix D: its two-key keys Ka ‖ Kb as Ka ‖ Kb ‖ Ka. */
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/virtual/card/apdu.ts';
import { check, prove } from '../../../src/virtual/card/mutual-authentication.ts';
import { SecureMessaging } from '../../../src/virtual/card/secure-messaging.ts';
import { bytes, hex } from '../hex.ts';

const threeKeys = (key: string) => bytes(key + key.slice(0, 16));
const documentKeys = {
  encryption: threeKeys('AB94FDECF2674FDFB9B391F85D7F76F2'),
  mac: threeKeys('7962D9ECE03D1ACD4C76089DCE131543'),
};
const chip = { nonce: bytes('4608F91988702212'), key: bytes('0B4F80323EB3191CB04970CB4052790B') };
const terminal = { nonce: bytes('781723860C06C226'), key: bytes('0B795240CB7049B01C19B33E32804F0B') };
const terminalProof = '72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7';
const chipProof = '46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449';

describe('mutual authentication (D.3)', () => {
  it('makes and opens the terminal’s 40 bytes', () => {
    expect(hex(prove(documentKeys, terminal, chip.nonce))).toBe(terminalProof);
    const share = check(documentKeys, bytes(terminalProof), chip.nonce)!;
    expect(hex(share.nonce)).toBe(hex(terminal.nonce));
    expect(hex(share.key)).toBe(hex(terminal.key));
  });

  it('makes and opens the chip’s 40 bytes', () => {
    expect(hex(prove(documentKeys, chip, terminal.nonce))).toBe(chipProof);
    expect(hex(check(documentKeys, bytes(chipProof), terminal.nonce, chip.nonce)!.key)).toBe(hex(chip.key));
  });

  it.each([0, 31, 39])('refuses a change of byte %i', (at) => {
    const changed = bytes(chipProof);
    changed[at]! ^= 1;
    expect(check(documentKeys, changed, terminal.nonce, chip.nonce)).toBeUndefined();
  });

  it('refuses the answer to another challenge', () => {
    expect(check(documentKeys, bytes(chipProof), chip.nonce)).toBeUndefined();
    expect(check(documentKeys, bytes(chipProof), terminal.nonce, terminal.nonce)).toBeUndefined();
  });
});

describe('secure messaging (D.4)', () => {
  const open = () =>
    new SecureMessaging(
      {
        encryption: threeKeys('979EC13B1CBFE9DCD01AB0FED307EAE5'),
        mac: threeKeys('F1CB1F1FB5ADF208806B89DC579DC1F8'),
      },
      bytes('887022120C06C226'),
    );
  /** Command, protected command, the card's protected answer without its status word, plain data. */
  const dialogue = [
    [
      '00A4020C02011E',
      '0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800',
      '990290008E08FA855A5D4C50A8ED',
      '',
    ],
    [
      '00B0000004',
      '0CB000000D9701048E08ED6705417E96BA5500',
      '8709019FF0EC34F9922651990290008E08AD55CC17140B2DED',
      '60145F01',
    ],
    [
      '00B0000412',
      '0CB000040D9701128E082EA28A70F3C7B53500',
      '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D74',
      '04303130365F36063034303030305C026175',
    ],
  ] as const;

  it('is the document’s, at the SAM’s end', () => {
    const sam = open();
    for (const [plain, wrapped, answer, data] of dialogue) {
      expect(hex(sam.protectCommand(parseCommand(bytes(plain))!))).toBe(wrapped);
      const unwrapped = sam.unprotectAnswer(bytes(answer))!;
      expect(unwrapped.sw).toBe(0x9000);
      expect(hex(unwrapped.data)).toBe(data);
    }
  });

  it('is the document’s, at the chip’s end', () => {
    const card = open();
    for (const [plain, wrapped, answer, data] of dialogue) {
      expect(card.unprotectCommand(parseCommand(bytes(wrapped))!)).toMatchObject(parseCommand(bytes(plain))!);
      expect(hex(card.protectAnswer(0x9000, bytes(data)))).toBe(answer);
    }
  });

  it('refuses a message twice, and one that was changed', () => {
    const card = open();
    const first = parseCommand(bytes(dialogue[0][1]))!;
    card.unprotectCommand(first);
    expect(card.unprotectCommand(first)).toBe(0x6988);
    const header = parseCommand(bytes(dialogue[0][1].replace('0CA4', '0CA5')))!;
    expect(open().unprotectCommand(header)).toBe(0x6988);
    expect(open().unprotectCommand(parseCommand(bytes('0CA4020C0B8709016375432908C044F600'))!)).toBe(0x6987);
  });
});
