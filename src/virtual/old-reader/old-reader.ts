/**
 * The old integrated reader, a sealed box: antenna, SAM, finger sensor and display behind one serial line
 * (reference: legacy-reader.md). Commands are `name#arg#…#;` and perhaps a NUL, answers `$name#payload#;`.
 */
import { extract } from '../../biometrics/fingerprint/extract.ts';
import { match, prepare } from '../../biometrics/fingerprint/match.ts';
import { OWN } from '../../biometrics/fingerprint/thresholds.ts';
import { decodeFingerMinutiae } from '../../biometrics/records/finger-minutiae.ts';
import { isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Send } from '../pace.ts';
import type { CardSlot } from '../reader/slot.ts';
import { type BoxCard, type BoxTraits, readCard } from './box.ts';

/** How the box answers when something is wrong with it on purpose. */
export type Disturbance = 'silence' | 'garbage' | 'error' | 'noise';

/** Status codes of `ektppoll`. */
const READER = { fine: 0, fault: 24 } as const;
const PUT = { idle: 0, waiting: 18, read: 34, failed: 27, timedOut: 3 } as const;
const FINGER = { idle: 0, waiting: 19, match: 35, noMatch: 30, timedOut: 3 } as const;

/** Command → the name of its answer. */
const ANSWERS: Readonly<Record<string, string>> = {
  ektpack: 'ack',
  ektpopen: 'open',
  ektpclose: 'close',
  ektpinfo: 'info',
  ektpput: 'putktp',
  ektpfinger: 'finger',
  ektpdemog: 'demog',
  ektppoll: 'poll',
  ektpreset: 'reset',
  ektpdisplay: 'display',
  ektplog: 'machinelg',
};
const WHILE_CLOSED = ['ektpack', 'ektpopen'];
const WHILE_BUSY = ['ektppoll', 'ektpreset', 'ektpclose', 'ektpack'];
const LONGEST_COMMAND = 1024;

export class OldReader {
  readonly #card: CardSlot;
  readonly #sam: CardSlot;
  readonly #traits: BoxTraits;
  readonly #send: Send;
  #input = '';
  #open = false;
  /** What the card told, for as long as it lies there. */
  #read: BoxCard | null = null;
  #matched = false;
  #pressed: { readonly image: GrayImage; readonly rests: boolean } | null = null;
  #put: number = PUT.idle;
  #finger: number = FINGER.idle;
  #waiting: Wait | null = null;
  #wake: () => void = () => {};
  disturbance: Disturbance | null = null;

  constructor(card: CardSlot, sam: CardSlot, traits: BoxTraits, send: Send) {
    this.#card = card;
    this.#sam = sam;
    this.#traits = traits;
    this.#send = send;
    card.onChange(() => {
      this.#forgetCard();
      this.#wake();
    });
  }

  /**
   * Lays a finger on the sensor for one capture, the one that waits or the next; null lifts it.
   * @param rests It stays there for every capture until it is lifted.
   */
  press(image: GrayImage | null, rests = false): void {
    this.#pressed = image && { image, rests };
    this.#wake();
  }

  get awaitsFinger(): boolean {
    return this.#finger === FINGER.waiting;
  }

  /** Bytes from the host, in any pieces. */
  receive(bytes: Uint8Array): void {
    this.#input += Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
    for (let end = this.#input.indexOf('#;'); end >= 0; end = this.#input.indexOf('#;')) {
      const command = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 2);
      void this.#take(command.trimStart().split('#'), command.length + 2);
    }
    this.#input = this.#input.slice(-LONGEST_COMMAND);
  }

  async #take([name = '', ...args]: string[], received: number): Promise<void> {
    const answerName = ANSWERS[name];
    if (!answerName) return; // as noise
    const payload = this.disturbance === 'error' ? 'error,Kerusakan alat' : await this.#execute(name, args);
    if (payload !== null) this.#say(answerName, payload, received);
  }

  #say(name: string, payload: string | Uint8Array, received: number): void {
    if (this.disturbance === 'silence') return;
    const answer = Buffer.concat([Buffer.from(`$${name}#`), Buffer.from(payload), Buffer.from('#;')]);
    if (this.disturbance === 'garbage')
      this.#send(
        answer.map((byte) => byte ^ 0xa5),
        received,
      );
    else if (this.disturbance === 'noise') this.#send(Buffer.concat([NOISE, answer, NOISE]), received);
    else this.#send(answer, received);
  }

  /** The payload; null: no answer, because the command was ended by another. */
  async #execute(name: string, args: readonly string[]): Promise<string | Uint8Array | null> {
    if (!this.#open && !WHILE_CLOSED.includes(name)) return 'error,belum dibuka';
    if (this.#waiting && !WHILE_BUSY.includes(name)) return 'error,sibuk';
    switch (name) {
      case 'ektpack':
        return 'len442ektpreader';
      case 'ektpopen':
        this.#open = true;
        return '0';
      case 'ektpclose':
        this.#reset();
        this.#open = false;
        return '0';
      case 'ektpinfo':
        return `BENCH442,00000001,${this.#traits.firmware === 'both' ? '2.0.0' : '1.4.2'}`;
      case 'ektpput':
        return this.#awaitCard(args);
      case 'ektpfinger':
        return this.#matchFinger(args);
      case 'ektpdemog':
        return this.#tellBiodata(args);
      case 'ektppoll':
        return [this.#sam.card ? READER.fine : READER.fault, this.#put, this.#finger, 0].join();
      case 'ektpreset':
        this.#reset();
        return '0';
      case 'ektplog':
        return 'kosong';
      default:
        return '0'; // ektpdisplay: nobody reads the display
    }
  }

  #reset(): void {
    if (this.#waiting) this.#endWait(this.#waiting, 'ended');
    this.#forgetCard();
    this.#pressed = null;
    this.#put = PUT.idle;
  }

  #forgetCard(): void {
    this.#read = null;
    this.#matched = false;
    if (!this.awaitsFinger) this.#finger = FINGER.idle;
  }

  /** ektpput#T#text → `0,⟨finger⟩,⟨finger⟩` */
  async #awaitCard([seconds]: readonly string[]): Promise<string | null> {
    if (!isSeconds(seconds)) return 'error,parameter salah';
    this.#forgetCard();
    this.#put = PUT.waiting;
    const waited = await this.#wait(seconds, () => this.#card.card !== null);
    if (waited !== 'come') {
      this.#put = waited === 'ended' ? PUT.idle : PUT.timedOut;
      return waited === 'ended' ? null : 'error,timeout';
    }
    const read = readCard(this.#card, this.#sam, this.#traits);
    this.#put = typeof read === 'string' ? PUT.failed : PUT.read;
    if (typeof read === 'string') return `error,${read}`;
    this.#read = read;
    const [first = 0, second = 0] = read.fingers.keys();
    return `0,${first},${second}`;
  }

  /** ektpfinger#T#finger#opid#opnik#text → `Y` or `N` */
  async #matchFinger([seconds, finger, opId, opNik]: readonly string[]): Promise<string | null> {
    if (!isSeconds(seconds) || !isFingerPosition(Number(finger))) return 'error,parameter salah';
    if (!isOperator(opId, opNik)) return 'error,petugas tidak dikenal';
    const record = this.#read?.fingers.get(Number(finger) as never);
    if (!this.#read) return 'error,tidak ada kartu';
    if (!record) return 'error,jari tidak ada di kartu';
    this.#finger = FINGER.waiting;
    const waited = await this.#wait(seconds, () => this.#pressed !== null || this.#read === null);
    const pressed = this.#pressed;
    if (waited !== 'come' || !pressed) {
      this.#finger = waited === 'late' ? FINGER.timedOut : FINGER.idle;
      if (waited === 'ended') return null;
      return waited === 'late' ? 'error,timeout' : 'error,kartu diambil';
    }
    if (!pressed.rests) this.#pressed = null;
    this.#matched = sameFinger(pressed.image, record);
    this.#finger = this.#matched ? FINGER.match : FINGER.noMatch;
    return this.#matched ? 'Y' : 'N';
  }

  /** ektpdemog#T#opid#opnik → the quoted CSV, as on the chip */
  #tellBiodata([seconds, opId, opNik]: readonly string[]): string | Uint8Array {
    if (!isSeconds(seconds)) return 'error,parameter salah';
    if (!isOperator(opId, opNik)) return 'error,petugas tidak dikenal';
    if (!this.#read) return 'error,tidak ada kartu';
    return this.#matched ? this.#read.biodata : 'error,belum diverifikasi';
  }

  /** Until `has` is true, T seconds are over (late), or another command ends it. */
  async #wait(seconds: string, has: () => boolean): Promise<'come' | 'late' | 'ended'> {
    const wait: Wait = { over: null };
    this.#waiting = wait;
    const deadline = setTimeout(() => this.#endWait(wait, 'late'), Number(seconds) * 1000);
    while (!has() && !wait.over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(deadline);
    if (this.#waiting === wait) this.#waiting = null;
    return wait.over ?? 'come';
  }

  #endWait(wait: Wait, over: 'late' | 'ended'): void {
    wait.over ??= over;
    if (over === 'ended') this.#waiting = null; // the next command need not wait for this one to notice
    this.#wake();
  }
}

/** A command that waits for somebody to come. */
interface Wait {
  over: 'late' | 'ended' | null;
}

/** No part of an answer, yet made of the same characters. */
const NOISE = Buffer.from('\0\r\n$~#;\xff#\0', 'latin1');

function isSeconds(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,3}$/.test(text);
}

function isOperator(id: string | undefined, nik: string | undefined): boolean {
  return Boolean(id) && /^\d{16}$/.test(nik ?? '');
}

/** The box's own match; its decision is all it tells. */
function sameFinger(image: GrayImage, record: Uint8Array): boolean {
  const decoded = decodeFingerMinutiae(record);
  const template = decoded.ok && decoded.value[0];
  if (!template) return false;
  return match(prepare(extract(image).template), prepare(template)) >= OWN.far1in10000;
}
