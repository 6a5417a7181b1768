/** A receipt as ESC/POS commands. Pure. */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import QRCode from 'qrcode';
import type { Receipt, ReceiptPart } from './port.ts';
import type { EscposSettings } from './settings.ts';

export type Paper = Pick<EscposSettings, 'paperWidth' | 'qrCode'>;

/** Columns of the font A (12 × 24 dots) and printable dots, at 8 dots a millimetre. */
const WIDTHS = { 58: { columns: 32, dots: 384 }, 80: { columns: 48, dots: 576 } } as const;
/** Two columns between a label and its value. */
const GAP = 2;
const LONGEST_QR = 500;
/** Modules of white around a QR code (ISO/IEC 18004 clause 9.1). */
const QUIET_ZONE = 4;
const LARGEST_MODULE = 8;
/** Lines between the print head and the cutter. */
const FEED_BEFORE_CUT = 4;

export function encodeReceipt(receipt: Receipt, paper: Paper): Uint8Array {
  const encoder = begin(paper);
  for (const part of receipt) add(encoder, part, paper);
  return encoder.encode();
}

/** Feeds out and cuts off what an unfinished print has left, so that nobody else gets it with theirs. */
export function encodeScrap(paper: Paper): Uint8Array {
  return begin(paper).newline().cut('partial').encode();
}

function begin({ paperWidth }: Paper): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: WIDTHS[paperWidth].columns,
    imageMode: 'raster',
    feedBeforeCut: FEED_BEFORE_CUT,
    codepageCandidates: ['cp437', 'windows1252'],
  })
    .initialize()
    .codepage('auto');
}

function add(encoder: ReceiptPrinterEncoder, part: ReceiptPart, paper: Paper): void {
  const { columns } = WIDTHS[paper.paperWidth];
  switch (part.type) {
    case 'title':
      encoder.align('center').bold(true).size(2, 2).line(printable(part.text)).size(1, 1).bold(false);
      encoder.align('left');
      return;
    case 'line':
      encoder.line(printable(part.text));
      return;
    case 'row': {
      const [label, value] = [printable(part.label), printable(part.value)];
      // The label as wide as it is, but at most half of the paper.
      const left = Math.min(label.length, columns / 2 - GAP);
      const layout = [
        { width: left, marginRight: GAP },
        { width: columns - left - GAP, align: 'right' as const },
      ];
      encoder.table(layout, [[label, value]]);
      return;
    }
    case 'rule':
      encoder.rule();
      return;
    case 'qr':
      encoder.align('center');
      addQrCode(encoder, part.data, paper);
      encoder.align('left');
      return;
    case 'cut':
      encoder.cut('partial');
  }
}

function addQrCode(encoder: ReceiptPrinterEncoder, data: string, paper: Paper): void {
  if (!/^[\x20-\x7e]+$/.test(data) || data.length > LONGEST_QR)
    throw new Error('not to be printed as a QR code');
  const { modules } = QRCode.create(data, { errorCorrectionLevel: 'M' });
  const across = modules.size + 2 * QUIET_ZONE;
  const dots = Math.min(LARGEST_MODULE, Math.floor(WIDTHS[paper.paperWidth].dots / across));
  if (paper.qrCode === 'native') {
    encoder.qrcode(data, { model: 2, size: dots, errorlevel: 'm' });
    return;
  }
  // Rows of a raster picture are whole bytes.
  const side = Math.floor((across * dots) / 8) * 8;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [x, y].map((at) => Math.floor(at / dots) - QUIET_ZONE) as [number, number];
      const inside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
      if (inside && modules.get(row, column)) picture.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  const image = { width: side, height: side, data: picture, colorSpace: 'srgb' as const };
  encoder.image(image, { width: side, height: side, algorithm: 'threshold', threshold: 128 });
}

/** On one line, and without control characters, which would be commands. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim() || ' ';
}
