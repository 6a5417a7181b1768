/**
 * The driver of a PC/SC reader with an antenna and a SAM slot: an ApduReader of the port. PC/SC itself is spoken in a
 * child process (child.ts), so nothing here can block; this file lends card and SAM to one exchange at a time.
 */
import { type Failure, fail, ok, type Result } from '../../../failures/failure.ts';
import type { ApduReader, ReaderStatus, Slots } from '../port.ts';
import { cardFailure, cardGone, isAmbiguous, type Moment, type Part } from './card-failure.ts';
import { type Connection, powerOff, powerOn, sendEscape } from './connection.ts';
import type { Trouble } from './helper.ts';
import { hasLeft, linkStatus, type SeenReader, seenReader } from './link.ts';
import type { PcscReaderSettings } from './settings.ts';
import { createSlot, lend, type Slot, unusableSlot } from './slot.ts';
import { supervise } from './supervisor.ts';
import { createTurns } from './turns.ts';
import { isCardPresent } from './winscard.ts';

/** The service polls its readers every 400 ms: a removal is told that long after the command that failed for it. */
const NOTICED_WITHIN_MS = 600;
/** How long another program may hold the reader, as one that probes a new card does. */
const SHARED_FOR_MS = 1000;

type Work<T> = (slots: Slots) => Promise<Result<T>>;

/** A SAM that is powered, and as what the reader then showed. */
interface PoweredSam {
  readonly slot: Slot;
  readonly seen: SeenReader;
}

export function createPcscReader(settings: PcscReaderSettings): ApduReader {
  const { wire } = settings;
  const wanted = { chip: new RegExp(settings.chip), sam: new RegExp(settings.sam) };
  const listeners = new Set<(status: ReaderStatus) => void>();
  const closing = new AbortController();
  const takeTurn = createTurns();
  const supervisor = supervise(wanted, changed);
  let exchanging = false;
  let told = status();
  let sam: PoweredSam | undefined;

  function status(): ReaderStatus {
    const known = linkStatus(supervisor.link());
    return exchanging && known.state === 'ready' ? { ...known, state: 'busy' } : known;
  }

  function changed(): void {
    const now = status();
    if (sameStatus(now, told)) return;
    told = now;
    for (const listener of [...listeners]) listener(now);
  }

  function setExchanging(value: boolean): void {
    exchanging = value;
    changed();
  }

  /** The reader with the antenna, or why there is none; waits while the child process starts. */
  async function antenna(signal: AbortSignal): Promise<Result<SeenReader>> {
    const settled = await supervisor.when((link) => linkStatus(link).state !== 'connecting', signal);
    if (!settled) return fail('CARD-ABORTED');
    const chip = seenReader(supervisor.link(), 'chip');
    return chip ? ok(chip) : { ok: false, failure: status().failure ?? { code: 'CARD-READER-LOST' } };
  }

  async function exchange<T>(signal: AbortSignal, work: Work<T>): Promise<Result<T>> {
    const either = AbortSignal.any([signal, closing.signal]);
    const endTurn = await takeTurn(either);
    if (!endTurn) return fail('CARD-ABORTED');
    try {
      const chip = await antenna(either);
      if (!chip.ok) return chip;
      setExchanging(true);
      return await exchangeAlone(chip.value, either, work);
    } finally {
      setExchanging(false);
      endTurn();
    }
  }

  async function exchangeAlone<T>(chip: SeenReader, signal: AbortSignal, work: Work<T>): Promise<Result<T>> {
    const connection = connectionTo(chip);
    const card = createSlot('chip', connection, explaining('chip', 'working', chip));
    try {
      const patience = sharingPatience(signal);
      const [trouble, samSlot] = await Promise.all([powerOn(connection, patience), powerSam(patience)]);
      if (signal.aborted) return fail('CARD-ABORTED');
      if (trouble) return { ok: false, failure: await connectFailure(chip, trouble) };
      supervisor.worked();
      const { slots, end } = lend(card, samSlot);
      try {
        return await work(slots);
      } finally {
        end();
      }
    } finally {
      // Without power the card forgets its secure session: whoever connects next, it is not the one we opened.
      await powerOff(connection);
    }
  }

  function connectionTo(seen: SeenReader): Connection {
    return { helper: supervisor.helper(), reader: seen.number, wire };
  }

  /**
   * The SAM, powered and reset once and then left so: the same object from one exchange to the next, until it is
   * pulled, fails, or the child process that held it has ended.
   */
  async function powerSam(patience: AbortSignal): Promise<Slot | undefined> {
    if (sam && isStillPowered(sam)) return sam.slot;
    sam = undefined;
    const seen = seenReader(supervisor.link(), 'sam');
    if (!seen || !isCardPresent(seen.state)) return undefined;
    const connection = connectionTo(seen);
    await powerOff(connection); // what is left of a SAM that failed
    const chosen = await chooseSamSlot(connection);
    if (!chosen.ok) return unusableSlot(connection, chosen.failure);
    const trouble = await powerOn(connection, patience);
    if (!trouble) {
      const slot = createSlot('sam', connection, explaining('sam', 'working', seen));
      sam = { slot, seen };
      return slot;
    }
    const failure = await explaining('sam', 'connecting', seen)(trouble);
    return failure.code === 'CARD-SAM-ABSENT' ? undefined : unusableSlot(connection, failure);
  }

  function isStillPowered({ slot, seen }: PoweredSam): boolean {
    const sameChild = slot.connection.helper === supervisor.helper();
    return sameChild && !slot.broken() && !hasLeft(supervisor.link(), seen);
  }

  async function chooseSamSlot(connection: Connection): Promise<Result> {
    if (wire.samSlotCommand === undefined) return ok();
    const trouble = await sendEscape(connection, Buffer.from(wire.samSlotCommand, 'hex'));
    return trouble ? fail('CARD-SAM-ESCAPE', cardFailure('sam', 'connecting', trouble).detail) : ok();
  }

  /**
   * What it means that a command failed. An answer that did not come because the child ended means what the child
   * ended for; a disturbed or mute card may turn out to have been taken out, or its service to have died.
   */
  function explaining(part: Part, moment: Moment, seen: SeenReader): (trouble: Trouble) => Promise<Failure> {
    return async (trouble) => {
      const failure = cardFailure(part, moment, trouble);
      const whyDown = () => supervisor.link().why;
      if (trouble.type === 'ended') return whyDown() ?? failure;
      if (!isAmbiguous(failure)) return failure;
      const changed = await supervisor.when(
        (link) => link.why !== null || hasLeft(link, seen),
        AbortSignal.timeout(NOTICED_WITHIN_MS),
      );
      return changed ? (whyDown() ?? cardGone(part, moment, failure.detail)) : failure;
    };
  }

  async function connectFailure(chip: SeenReader, trouble: Trouble): Promise<Failure> {
    const failure = await explaining('chip', 'connecting', chip)(trouble);
    // Who holds the reader after one of our commands hung is our own leftover, not another program.
    const hangs = failure.code === 'CARD-READER-SHARED' && supervisor.link().leftover;
    return hangs
      ? fail('CARD-TIMEOUT', 'chip: the service still waits for a command that hung').failure
      : failure;
  }

  /** After a child was killed the service holds the reader for it until the hanging command has run out there too. */
  function sharingPatience(signal: AbortSignal): AbortSignal {
    const ms = supervisor.link().leftover ? wire.connectTimeoutMs : SHARED_FOR_MS;
    return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  }

  return {
    id: settings.id,
    generation: 'new',
    kind: 'apdu',
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async check(signal) {
      const chip = await antenna(AbortSignal.any([signal, closing.signal]));
      if (!chip.ok) return chip;
      const { failure } = status();
      if (failure) return { ok: false, failure };
      return ok({ identity: `${chip.value.name} + ${seenReader(supervisor.link(), 'sam')?.name}` });
    },
    exchange,
    async close() {
      closing.abort();
      listeners.clear();
      await supervisor.close();
    },
  };
}

function sameStatus(a: ReaderStatus, b: ReaderStatus): boolean {
  return (
    a.state === b.state &&
    a.card === b.card &&
    a.sam === b.sam &&
    a.failure?.code === b.failure?.code &&
    a.failure?.detail === b.failure?.detail
  );
}
