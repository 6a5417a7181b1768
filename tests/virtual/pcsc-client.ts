/**
 * A PC/SC client of a few lines, run as a process of its own (node-pcsclite blocks and cannot be taken down). Tells
 * readers and cards as JSON lines; a line `⟨part of a reader's name⟩ ⟨hex⟩` is an APDU, its answer `{answer}` or
 * `{error}`.
 */
import { createInterface } from 'node:readline';
import pcsclite from 'node-pcsclite';

type PcscReader = Parameters<Parameters<ReturnType<typeof pcsclite>['once']>[1]>[0];

const tell = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
const readers = new Map<string, PcscReader>();

const pcsc = pcsclite();
pcsc.on('error', (error: Error) => tell({ lost: error.message }));
pcsc.on('reader', (reader: PcscReader) => {
  readers.set(reader.name, reader);
  reader.on('error', () => {});
  reader.on('status', ({ state, atr }: { state: number; atr?: Buffer }) => {
    const mute = Boolean(state & reader.SCARD_STATE_MUTE);
    const present = Boolean(state & reader.SCARD_STATE_PRESENT);
    tell({
      reader: reader.name,
      card: mute ? 'mute' : present ? 'present' : 'absent',
      atr: atr?.toString('hex'),
    });
  });
});

createInterface({ input: process.stdin }).on('line', (line) => {
  const [part = '', apdu = ''] = line.split(' ');
  const reader = [...readers.values()].find(({ name }) => name.includes(part));
  if (!reader) return tell({ error: 'no such reader' });
  reader.connect({ share_mode: reader.SCARD_SHARE_SHARED }, (refused) => {
    if (refused) return tell({ error: refused.message });
    reader.transmit(Buffer.from(apdu, 'hex'), 260, reader.SCARD_PROTOCOL_T1, (error, answer) => {
      // The card keeps what it has selected.
      reader.disconnect(reader.SCARD_LEAVE_CARD, () => {
        tell(error ? { error: error.message } : { answer: answer.toString('hex').toUpperCase() });
      });
    });
  });
});
