/** The driver against the virtual printer, each in its own process, over a real pseudo-terminal. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createEscposPrinter } from '../../../src/devices/receipt-printer/escpos.ts';
import type { Receipt, ReceiptPrinter } from '../../../src/devices/receipt-printer/port.ts';
import { type Bench, startBench } from '../../../src/virtual/client.ts';
import type { BenchCommand } from '../../../src/virtual/commands.ts';

const never = new AbortController().signal;
const ok = { ok: true, value: undefined };
const failed = (code: string) => ({ ok: false, failure: { code } });

const receipt = (name: string): Receipt => [
  { type: 'title', text: 'Bukti' },
  { type: 'row', label: 'Nama', value: name },
  { type: 'rule' },
  { type: 'qr', data: `bukti:${name}` },
  { type: 'cut' },
];

/** It takes a second. */
const long = (name: string): Receipt => [
  ...Array.from({ length: 80 }, (_, i) => ({ type: 'line' as const, text: `baris ${i}` })),
  ...receipt(name),
];

interface Read {
  readonly receipts: unknown[][];
  readonly strip: unknown[];
}
/** @param way A USB printer's file is the same terminal: both are files that are read and written. */
export function testEscpos(way: 'serial' | 'usb'): void {
  let folder: string;
  let bench: Bench;
  const port = (id: string) => join(folder, 'tty', id);

  async function send(command: BenchCommand): Promise<unknown> {
    const done = await bench.send(command);
    if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
    return done.value;
  }
  const act = (device: string, act: Record<string, unknown>) => send({ command: 'device', device, act });
  const read = (device: string) => act(device, { read: true }) as Promise<Read>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'printer-'));
    const devices = ['main', 'hung'].map((id) => ({ id, driver: 'escpos', port: port(id) }));
    // At its pace a receipt takes some hundred milliseconds.
    const started = await startBench({ folder, readers: [], devices, pace: 0.3, seed: 'printer' });
    if (!started.ok) throw new Error(started.failure.detail);
    bench = started.value;
  });
  afterAll(async () => {
    await bench?.stop();
    await rm(folder, { recursive: true });
  });

  const create = (id: string): ReceiptPrinter =>
    createEscposPrinter({
      id: 'printer',
      interface: way,
      port: port(id),
      baudRate: 115_200,
      paperWidth: 58,
      qrCode: 'native',
    });

  let printer: ReceiptPrinter;
  const disturb = (as: Extract<BenchCommand, { command: 'disturb' }>['as'], extent: object = {}) =>
    send({ command: 'disturb', device: 'main', as, ...extent });
  /** The last receipt, without the paper fed. */
  const last = async () => (await read('main')).receipts.at(-1)?.filter((part) => part !== '');
  const looks = (name: string) => [
    expect.stringContaining('Bukti'),
    expect.stringMatching(new RegExp(`^Nama +${name}$`)),
    '─'.repeat(32),
    { qr: `bukti:${name}` },
  ];
  /** The paper has begun to move. */
  async function untilItPrints(): Promise<void> {
    for (let polls = 0; (await read('main')).strip.join('') === ''; polls++) {
      if (polls > 300) throw new Error('nothing is printed');
      await delay(5);
    }
  }

  beforeEach(() => {
    printer = create('main');
  });
  afterEach(async () => {
    await printer.close();
    await disturb(null);
    await act('main', { paper: 'full' });
    await act('main', { cover: 'closed' });
  });

  it('prints, and says so when it is on paper', async () => {
    expect(await printer.print(receipt('ENDAH'), never)).toEqual(ok);
    expect(await last()).toEqual(looks('ENDAH'));
    expect((await read('main')).strip.join('')).toBe('');
  });

  it('says nothing before a long one is on paper', async () => {
    expect(await printer.print(long('PANJANG'), never)).toEqual(ok);
    expect((await last())?.slice(80)).toEqual(looks('PANJANG'));
  });

  it('prints one after the other, one at a time', async () => {
    const first = printer.print(receipt('SATU'), never);
    expect(await printer.print(receipt('DUA'), never)).toMatchObject(failed('PRINTER-BUSY'));
    expect(await printer.check(never)).toMatchObject(failed('PRINTER-BUSY'));
    expect(await first).toEqual(ok);
    expect(await printer.print(receipt('DUA'), never)).toEqual(ok);
    expect(await last()).toEqual(looks('DUA'));
  });

  it('tells who it is, and that the paper runs low', async () => {
    const identity = 'ANJUNGAN TM-BENCH, firmware 1.00 ESC/POS';
    expect(await printer.heartbeat!(never)).toEqual(ok);
    expect(await printer.check(never)).toEqual({ ok: true, value: { identity } });
    await act('main', { paper: 'low' });
    const complaint = { code: 'PRINTER-PAPER-LOW' };
    expect(await printer.check(never)).toEqual({ ok: true, value: { identity, complaint } });
    expect(await printer.print(receipt('RENDAH'), never)).toEqual(ok);
  });

  it.each([
    [{ paper: 'out' }, { paper: 'full' }, 'PRINTER-PAPER-OUT'],
    [{ cover: 'open' }, { cover: 'closed' }, 'PRINTER-COVER-OPEN'],
    [{ fault: true }, { fault: false }, 'PRINTER-FAULT'],
  ])('with %o it begins nothing', async (bad, good, code) => {
    const before = await read('main');
    await act('main', bad);
    expect(await printer.print(receipt('TIDAK'), never)).toMatchObject(failed(code));
    expect(await printer.check(never)).toMatchObject(failed(code));
    await act('main', good);
    expect(await read('main')).toEqual(before);
    expect(await printer.check(never)).toMatchObject({ ok: true });
  });

  it('out of paper in the middle is never printed; a new roll does not print the rest', async () => {
    // For the title, not for the line after it.
    await act('main', { paper: 6 });
    expect(await printer.print(receipt('HABIS'), never)).toMatchObject(failed('PRINTER-PAPER-OUT'));
    await act('main', { paper: 'full' });
    expect(await printer.print(receipt('BARU'), never)).toEqual(ok);
    const all = JSON.stringify((await read('main')).receipts);
    expect(all).not.toContain('bukti:HABIS');
    expect(all).toContain('bukti:BARU');
  });

  it('with its cover opened in the middle is never printed', async () => {
    const printing = printer.print(long('BUKA'), never);
    await untilItPrints();
    await act('main', { cover: 'open' });
    expect(await printing).toMatchObject(failed('PRINTER-COVER-OPEN'));
  });

  it('cancelled ends at once; what hangs there is cut off, and the next is whole', async () => {
    const stop = new AbortController();
    const printing = printer.print(long('BATAL'), stop.signal);
    await untilItPrints();
    stop.abort();
    const roundTrip = read('main').then(() => 'late');
    expect(await Promise.race([printing, roundTrip])).toMatchObject(failed('PRINTER-ABORTED'));
    expect(await printer.print(receipt('LANJUT'), never)).toEqual(ok);
    expect(await last()).toEqual(looks('LANJUT'));
    expect(JSON.stringify((await read('main')).receipts)).not.toContain('bukti:BATAL');
  });

  it('cancelled before it began prints nothing', async () => {
    expect(await printer.print(receipt('TAK'), AbortSignal.abort())).toMatchObject(failed('PRINTER-ABORTED'));
    expect(JSON.stringify(await read('main'))).not.toContain('bukti:TAK');
  });

  it('absent or closed is told', async () => {
    const nowhere = create('nowhere');
    expect(await nowhere.check(never)).toMatchObject(failed('PRINTER-ABSENT'));
    await nowhere.close();
    expect(await nowhere.print(receipt('TUTUP'), never)).toMatchObject(failed('PRINTER-LOST'));
  });

  it('slow answers and lost ones change nothing', async () => {
    await disturb('slow');
    expect(await printer.print(receipt('LAMBAT'), never)).toEqual(ok);
    await disturb('silent', { frames: 1 });
    expect(await printer.print(receipt('HILANG'), never)).toEqual(ok);
    expect(await last()).toEqual(looks('HILANG'));
  });

  it('spoilt answers now and then change nothing, always are told', async () => {
    for (const fault of ['noise', 'torn', 'checksum'] as const) {
      await disturb(fault, { rate: 0.05 });
      expect(await printer.print(receipt('RUSAK'), never)).toEqual(ok);
    }
    await disturb('noise');
    expect(await printer.print(receipt('BISING'), never)).toMatchObject(failed('PRINTER-GARBLED'));
  });

  it('pulled out is told, and found again', async () => {
    const printing = printer.print(long('CABUT'), never);
    await untilItPrints();
    await send({ command: 'plug', device: 'main', in: false });
    expect(await printing).toMatchObject(failed('PRINTER-LOST'));
    expect(await printer.check(never)).toMatchObject(failed('PRINTER-ABSENT'));
    await send({ command: 'plug', device: 'main', in: true });
    expect(await printer.print(receipt('PASANG'), never)).toEqual(ok);
  });

  it('that hangs is told, and comes back when its power was cut', async () => {
    const device = 'hung';
    const hung = create(device);
    await send({ command: 'disturb', device, as: 'hung' });
    expect(await hung.print(receipt('DIAM'), never)).toMatchObject(failed('PRINTER-SILENT'));
    await send({ command: 'power', device, on: false });
    await send({ command: 'power', device, on: true });
    expect(await hung.print(receipt('HIDUP'), never)).toEqual(ok);
    await hung.close();
  });
}
