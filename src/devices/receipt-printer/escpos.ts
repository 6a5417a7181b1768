/**
 * The driver of a thermal receipt printer that speaks ESC/POS, on a serial line or as a USB printer file. It opens the
 * line when it is needed and anew after a loss, and believes that something is on paper only when the printer says so.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';
import { orAborted } from '../transport/or-aborted.ts';
import type { WireTrace } from '../transport/trace.ts';
import { encodeReceipt, encodeScrap } from './escpos-document.ts';
import { type EscposLink, openEscposLink } from './escpos-link.ts';
import { TELL_FIRMWARE, TELL_MAKER, TELL_MODEL } from './escpos-status.ts';
import type { Receipt, ReceiptPrinter } from './port.ts';
import type { EscposSettings } from './settings.ts';

type Settings = Pick<EscposSettings, 'id' | 'interface' | 'port' | 'baudRate' | 'paperWidth' | 'qrCode'>;

/** What is under way may end by itself within this time. */
const CLOSE_MS = 1_000;

export function createEscposPrinter(settings: Settings, wire?: WireTrace): ReceiptPrinter {
  let link: EscposLink | undefined;
  let printing = false;
  /** The work on the line, one after the other; it never rejects. */
  let work: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  /** Does something on the line; a printer that does not answer is met with a fresh line next time. */
  async function onLine<T>(job: (link: EscposLink) => Promise<Result<T>>): Promise<Result<T>> {
    if (!link?.alive) {
      const opened = await openEscposLink(settings, wire);
      if (!opened.ok) return opened;
      link = opened.value;
    }
    const done = await job(link);
    if (!done.ok && (done.failure.code === 'PRINTER-SILENT' || done.failure.code === 'PRINTER-GARBLED')) {
      await link.close();
    }
    return done;
  }

  /** Runs after all work before it; the caller gets away earlier by aborting. */
  async function inTurn<T>(
    signal: AbortSignal,
    job: (link: EscposLink) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const aborted = fail('PRINTER-ABORTED');
    if (closing.signal.aborted) return fail('PRINTER-LOST', 'closed');
    const either = AbortSignal.any([signal, closing.signal]);
    const turn = work.then(() => (either.aborted ? aborted : onLine(job)));
    work = turn.catch(() => {});
    return (await orAborted(turn, either)) ?? aborted;
  }

  async function put(line: EscposLink, receipt: Receipt, signal: AbortSignal): Promise<Result> {
    const before = await line.state();
    if (!before.ok) return before;
    const printed = await line.print(encodeReceipt(receipt, settings), signal);
    if (printed?.ok) return ok();
    if (printed?.failure.code === 'PRINTER-LOST') return printed;
    const abandoned = await line.abandon(encodeScrap(settings));
    return printed ?? (abandoned.ok ? fail('PRINTER-ABORTED') : abandoned);
  }

  async function identify(line: EscposLink): Promise<Result<Findings>> {
    const state = await line.state();
    if (!state.ok) return state;
    const told: string[] = [];
    for (const question of [TELL_MAKER, TELL_MODEL, TELL_FIRMWARE]) {
      const text = await line.text(question);
      if (!text.ok) return text;
      // One that does not know the first question knows none.
      if (text.value === undefined) break;
      told.push(text.value);
    }
    const [maker, model, firmware] = told;
    const name = [maker, model].filter((word) => word !== undefined).join(' ') || 'ESC/POS printer';
    const identity = firmware === undefined ? name : `${name}, firmware ${firmware}`;
    return ok(state.value === 'low' ? { identity, complaint: { code: 'PRINTER-PAPER-LOW' } } : { identity });
  }

  return {
    id: settings.id,

    async print(receipt, signal) {
      if (printing) return fail('PRINTER-BUSY');
      printing = true;
      const either = AbortSignal.any([signal, closing.signal]);
      return inTurn(signal, (line) => put(line, receipt, either)).finally(() => {
        printing = false;
      });
    },

    async check(signal) {
      return printing ? fail('PRINTER-BUSY') : inTurn(signal, identify);
    },

    async heartbeat(signal) {
      return printing ? fail('PRINTER-BUSY') : inTurn(signal, (line) => line.greet());
    },

    async close() {
      closing.abort();
      // A printer that does not answer is not waited for: the line ends below what asks it.
      await Promise.race([work, delay(CLOSE_MS)]);
      await link?.close();
      await work;
    },
  };
}
