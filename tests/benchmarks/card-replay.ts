/**
 * The other side of `npm run bench -- card`: the APDUs of a recorded read, played by the fewest lines on node-pcsclite.
 * The card is begun anew as the driver does it: connected to directly, reset, connected to alone, unpowered at the end.
 * The first line on stdin is its orders, as JSON; each further one asks for a read, whose time is printed.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pcsclite from 'node-pcsclite';

export interface Played {
  readonly slot: 'card' | 'sam';
  /** Hex. */
  readonly command: string;
}

export interface Orders {
  /** PC/SC names of the two readers begin with these. */
  readonly names: Readonly<Record<Played['slot'], string>>;
  /** The first read, which opens the SAM. */
  readonly opening: readonly Played[];
  readonly read: readonly Played[];
}

type Reader = Parameters<Parameters<ReturnType<typeof pcsclite>['on']>[1]>[0];

const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const orders = JSON.parse((await input.next()).value!) as Orders;
const readers: Partial<Record<Played['slot'], Reader>> = {};
pcsclite().on('reader', (reader) => {
  for (const slot of ['card', 'sam'] as const) {
    if (reader.name.startsWith(orders.names[slot])) readers[slot] = reader;
  }
});

type Done = (error: unknown) => void;
const connect = (slot: Played['slot']) => promisify((done: Done) => readers[slot]!.connect(done))();
const disconnect = (slot: Played['slot']) => promisify((done: Done) => readers[slot]!.disconnect(done))();

function resetCard(): Promise<void> {
  const card = readers.card!;
  const direct = { share_mode: card.SCARD_SHARE_DIRECT, protocol: 0 };
  return new Promise((resolve, reject) => {
    const done: Done = (error) => (error ? reject(error) : resolve());
    card.connect(direct, (error) => (error ? done(error) : card.disconnect(card.SCARD_RESET_CARD, done)));
  });
}

/** The kiosk's driver lets go of the readers a moment after it was closed. */
async function connectAtLast(slot: Played['slot']): Promise<void> {
  const connected = () =>
    connect(slot).then(
      () => true,
      () => false,
    );
  while (!readers[slot] || !(await connected())) await sleep(20);
}

function transmit({ slot, command }: Played): Promise<void> {
  const reader = readers[slot]!;
  return new Promise((resolve, reject) => {
    reader.transmit(Buffer.from(command, 'hex'), 258, reader.SCARD_PROTOCOL_T1, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

await connectAtLast('sam');
await connectAtLast('card');
await disconnect('card');
let apdus = orders.opening;
for await (const _ of input) {
  const start = performance.now();
  await resetCard();
  await connect('card');
  for (const apdu of apdus) await transmit(apdu);
  await disconnect('card');
  process.stdout.write(`${performance.now() - start}\n`);
  apdus = orders.read;
}
process.kill(process.pid, 'SIGKILL'); // pcsclite's threads would keep it
