/** Frames as Debian's libccidtwin sends them: `03 06 ⟨CCID message⟩ LRC`, written out by hand. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { GemPcTwin } from '../../../src/virtual/reader/gempc-twin.ts';
import { CardSlot } from '../../../src/virtual/reader/slot.ts';
import { bytes, hex } from '../hex.ts';

const ATR = '3B80813100';
let slot: CardSlot;
let sent: string[];
let twin: GemPcTwin;

function card(answer = '9000', atr: string | null = ATR): VirtualCard {
  return { atr: atr === null ? null : bytes(atr), reset() {}, transmit: () => bytes(answer) };
}

/** type, slot 0, sequence, three bytes of parameters, data */
function frame(type: string, data = '', sequence = '2A', parameters = '000000'): string {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length / 2);
  const body = `0306${type}${hex(size)}00${sequence}${parameters}${data}`;
  const lrc = bytes(body).reduce((sum, byte) => sum ^ byte, 0);
  return body + hex(Uint8Array.of(lrc));
}

/** What comes back behind the echo. */
function send(request: string): string {
  sent.length = 0;
  twin.receive(bytes(request));
  expect(sent).toHaveLength(1); // one write a frame
  expect(sent[0]!.startsWith(request)).toBe(true);
  return sent[0]!.slice(request.length);
}

const POWER_ON = frame('62');
const STATUS = frame('65');
const transfer = (block: string) => frame('6F', block);

beforeEach(() => {
  slot = new CardSlot();
  sent = [];
  twin = new GemPcTwin(slot, (out) => void sent.push(hex(out)));
});

describe('the reader', () => {
  it('tells its firmware by escape, and answers other escapes with nothing', () => {
    expect(send(frame('6B', '02'))).toBe(
      frame('83', Buffer.from('GemTwin-V2.00-GM00').toString('hex').toUpperCase(), '2A', '020000'),
    );
    expect(send(frame('6B', '010101'))).toBe(frame('83', '', '2A', '020000'));
  });

  it('tells of insertion and removal once, after the echo of a status request', () => {
    expect(send(STATUS)).toBe(frame('81', '', '2A', '020000'));
    slot.put(card());
    expect(send(STATUS)).toBe(`5003${frame('81', '', '2A', '010000')}`);
    expect(send(STATUS)).toBe(frame('81', '', '2A', '010000'));
    slot.put(null);
    expect(send(STATUS)).toBe(`5002${frame('81', '', '2A', '020000')}`);
  });

  it('shows a swap between two polls as absence first', () => {
    slot.put(card());
    send(STATUS);
    slot.put(card());
    expect(send(POWER_ON)).toBe(frame('80', '', '2A', '42FE00'));
    expect(send(STATUS)).toBe(`5002${frame('81', '', '2A', '020000')}`);
    expect(send(STATUS)).toBe(`5003${frame('81', '', '2A', '010000')}`);
  });

  it('powers a card on and off', () => {
    expect(send(POWER_ON)).toBe(frame('80', '', '2A', '42FE00'));
    slot.put(card());
    send(STATUS);
    expect(send(POWER_ON)).toBe(frame('80', ATR, '2A', '000000'));
    expect(send(STATUS)).toBe(frame('81', '', '2A', '000000'));
    expect(send(frame('63'))).toBe(frame('81', '', '2A', '010000'));
    expect(send(transfer('000004 00A40000 A0'.replaceAll(' ', '')))).toBe(frame('80', '', '2A', '41FE00'));
  });

  it('finds a dead card mute', () => {
    slot.put(card('9000', null));
    send(STATUS);
    expect(send(POWER_ON)).toBe(frame('80', '', '2A', '41FE00'));
  });

  it('echoes PPS and keeps parameters until the next power-on', () => {
    slot.put(card());
    send(STATUS);
    send(POWER_ON);
    expect(send(transfer('FF11FE'))).toBe(frame('80', 'FF11FE'));
    expect(send(frame('61', '18104545003200', '2A', '010000'))).toBe(
      frame('82', '18104545003200', '2A', '000001'),
    );
    expect(send(frame('6C'))).toBe(frame('82', '18104545003200', '2A', '000001'));
    send(POWER_ON);
    expect(send(frame('6C'))).toBe(frame('82', '1110004500FE00', '2A', '000001'));
  });

  it('carries T=1 blocks', () => {
    slot.put(card('6A82'));
    send(STATUS);
    send(POWER_ON);
    expect(send(transfer('00000400A40000A0'))).toBe(frame('80', '0000026A82EA'));
  });

  it('refuses what it does not know', () => {
    expect(send(frame('69'))).toBe(frame('81', '', '2A', '420000'));
  });
});

describe('the line', () => {
  it('takes a frame in pieces, two at once, and noise before them', () => {
    for (const byte of bytes(`0003FF${STATUS}`).subarray(0, -1)) twin.receive(Uint8Array.of(byte));
    expect(sent).toEqual([]);
    twin.receive(bytes(STATUS.slice(-2) + STATUS + STATUS));
    expect(sent).toHaveLength(3);
  });

  it('answers a wrong LRC with NAK', () => {
    twin.receive(bytes(`${STATUS.slice(0, -2)}FF`));
    expect(sent).toEqual(['031516']);
  });

  it('passes over a length that no frame has', () => {
    twin.receive(bytes(`030665FFFFFF00002A000000FF${STATUS}`));
    expect(sent).toHaveLength(1);
  });
});

describe('a card that stays silent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    slot.put(card());
    send(STATUS);
    send(POWER_ON);
    slot.addFault({ after: 0, effect: 'silence', carriedOut: false });
    return () => vi.useRealTimers();
  });
  const extension = frame('80', '', '2A', '800100');

  it('makes the host wait, until it is pulled', () => {
    expect(send(transfer('00000400A40000A0'))).toBe(extension);
    sent.length = 0;
    vi.advanceTimersByTime(2_500);
    expect(sent).toEqual([extension, extension]);
    slot.put(null);
    expect(sent.at(-1)).toBe(frame('80', '', '2A', '42FE00'));
    vi.advanceTimersByTime(5_000);
    expect(sent).toHaveLength(3);
  });

  it('is forgotten when the host asks for something else', () => {
    send(transfer('00000400A40000A0'));
    expect(send(STATUS)).toBe(frame('81', '', '2A', '000000'));
    sent.length = 0;
    vi.advanceTimersByTime(5_000);
    expect(sent).toEqual([]);
  });
});

it('a card pulled by a fault is gone at once', () => {
  slot.put(card());
  send(STATUS);
  send(POWER_ON);
  slot.addFault({ after: 0, effect: 'pull', carriedOut: false });
  expect(send(transfer('00000400A40000A0'))).toBe(frame('80', '', '2A', '42FE00'));
  expect(send(STATUS)).toBe(`5002${frame('81', '', '2A', '020000')}`);
});
