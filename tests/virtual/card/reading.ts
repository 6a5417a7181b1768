/** Reads a card out with a SAM in the order of ktp-el-card.md, every step in the open so that a test can bend it. */
import type { VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { bytes, hex } from '../hex.ts';

export function ask(card: VirtualCard, command: string): string {
  return hex(card.transmit(bytes(command)));
}

/** The data of an answer that must end in 9000. */
export function need(card: VirtualCard, command: string): string {
  const answer = ask(card, command);
  if (!answer.endsWith('9000')) throw new Error(`${command} answered ${answer}`);
  return answer.slice(0, -4);
}

/** Lc and the data. */
export function counted(data: string): string {
  return (data.length / 2).toString(16).padStart(2, '0') + data;
}

/** F0 with the values of config/bench.json: PCID xor each half of CONF. */
export const OPEN_SAM = '00F00000208FAB4DFC3D61818B7312430917E7378177638022A10C92DCF8336C9F5D4413CC';

/** Card control ‖ UID8, as F1 wants them. */
export function identify(chip: VirtualCard): { cardControl: string; uid8: string } {
  need(chip, '00A40000027F0A');
  const typeB = ask(chip, '00DD000008');
  const uid8 = typeB.endsWith('9000') ? typeB.slice(0, -4) : `80${need(chip, 'FFCA000000')}`;
  need(chip, '00A40000026FF0');
  const length = need(chip, '00B0000002').slice(2);
  return { cardControl: need(chip, `00B00002${length}`), uid8 };
}

/** `p2`: which generation the SAM is told. */
export function authenticate(chip: VirtualCard, sam: VirtualCard, p2?: string): void {
  const { cardControl, uid8 } = identify(chip);
  need(sam, '00FF000000');
  const challenge = need(chip, '0084000008');
  const generation = p2 ?? (cardControl.length === 102 ? '01' : '00');
  const response = need(sam, `00F100${generation}${counted(cardControl + uid8 + challenge)}`);
  need(sam, `00F20000${counted(need(chip, `00820000${counted(response)}`))}`);
}

/** One command under secure messaging: plain data ‖ inner SW. */
export function secure(chip: VirtualCard, sam: VirtualCard, command: string): string {
  const wrapped = need(sam, `00F30000${counted(command)}`);
  return need(sam, `00F40000${counted(ask(chip, wrapped).slice(0, -4))}`);
}

export interface SmFile {
  readonly id: string;
  readonly chunk?: number;
  /** Called before the last block. */
  readonly beforeLast?: () => void;
}

export function readSecure(chip: VirtualCard, sam: VirtualCard, file: SmFile): string {
  secure(chip, sam, `00A4000002${file.id}`);
  let read = secure(chip, sam, '00B0000008').slice(0, -4);
  const total = 2 + Number.parseInt(read.slice(0, 4), 16);
  while (read.length / 2 < total) {
    const at = read.length / 2;
    const left = total - at;
    const size = Math.min(file.chunk ?? 208, left);
    const last = size === left;
    if (last) file.beforeLast?.();
    // The last chunk is rounded up to whole blocks: the chip answers 6282 with the rest.
    const asked = last ? Math.ceil(size / 8) * 8 : size;
    const answer = secure(
      chip,
      sam,
      `00B0${at.toString(16).padStart(4, '0')}${asked.toString(16).padStart(2, '0')}`,
    );
    read += answer.slice(0, -4);
  }
  return read;
}

export function readPhoto(chip: VirtualCard): string {
  need(chip, '00A40000026FF2');
  const length = Number.parseInt(need(chip, '00B0000002'), 16) + 2;
  let read = '';
  while (read.length / 2 < length) {
    const at = read.length / 2;
    const size = Math.min(248, length - at);
    read += need(chip, `00B0${at.toString(16).padStart(4, '0')}${size.toString(16).padStart(2, '0')}`);
  }
  return read;
}

/** The whole exchange up to FA04, whose status word it returns; `photo`: as read before. */
export function signatureVerdict(chip: VirtualCard, sam: VirtualCard, photo: string, chunk = 208): string {
  secure(chip, sam, '00A40000026FF6');
  const signature = secure(chip, sam, '00B0000050').slice(0, -4);
  need(sam, '00FA000000');
  need(sam, `00FA0600${counted(signature)}`);
  readSecure(chip, sam, { id: '6FF1', chunk });
  need(sam, `00FA0300${counted(photo.slice(0, 16))}`);
  for (let at = 16; at < photo.length; at += 2 * chunk) {
    need(sam, `00FA0300${counted(photo.slice(at, at + 2 * chunk))}`);
  }
  need(sam, '00FA050000');
  readSecure(chip, sam, { id: '6FF3', chunk });
  readSecure(chip, sam, { id: '6FF4', chunk });
  readSecure(chip, sam, { id: '6FF5', chunk, beforeLast: () => void need(sam, '00FA020000') });
  return ask(sam, '00FA040000');
}
