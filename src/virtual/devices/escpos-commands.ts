/** The commands of ESC/POS that receipts are made of, one after the other out of a printer's buffer. */

export type Command = { readonly length: number } & (
  | { readonly does: 'text'; readonly bytes: Uint8Array }
  | { readonly does: 'initialise' | 'feed' | 'print qr' | 'cut' | 'tell paper' | 'nothing' }
  | { readonly does: 'code page'; readonly page: number }
  | { readonly does: 'store qr'; readonly bytes: Uint8Array }
  /** Pixels, rows of whole bytes, the first in the highest bit. */
  | { readonly does: 'picture'; readonly width: number; readonly height: number; readonly dots: Uint8Array }
  | { readonly does: 'tell identity'; readonly what: number }
);

const [DLE, LF, ESC, FS, GS] = [0x10, 0x0a, 0x1b, 0x1c, 0x1d];

/** undefined: what is there is no whole command yet. */
export function nextCommand(buffer: Uint8Array): Command | undefined {
  const [first, second] = buffer;
  if (first === undefined) return undefined;
  if (first === LF) return { does: 'feed', length: 1 };
  if (first >= 0x20) {
    const end = buffer.findIndex((byte) => byte < 0x20);
    const length = end < 0 ? buffer.length : end;
    return { does: 'text', bytes: buffer.subarray(0, length), length };
  }
  if (![DLE, ESC, FS, GS].includes(first)) return { does: 'nothing', length: 1 };
  if (second === undefined) return undefined;
  if (first === ESC) return afterEsc(buffer, second);
  if (first === GS) return afterGs(buffer, second);
  // Real-time commands were obeyed when they came.
  return whole(buffer, { does: 'nothing', length: first === DLE ? 3 : 2 });
}

const whole = (buffer: Uint8Array, command: Command) =>
  buffer.length < command.length ? undefined : command;

function afterEsc(buffer: Uint8Array, second: number): Command | undefined {
  switch (String.fromCharCode(second)) {
    case '@':
      return { does: 'initialise', length: 2 };
    case 't':
      return whole(buffer, { does: 'code page', page: buffer[2] ?? 0, length: 3 });
    case 'E':
    case 'M':
    case 'a':
    case '-':
    case 'd':
      return whole(buffer, { does: 'nothing', length: 3 });
    default:
      return { does: 'nothing', length: 2 };
  }
}

function afterGs(buffer: Uint8Array, second: number): Command | undefined {
  switch (String.fromCharCode(second)) {
    case '(':
      return parentheses(buffer);
    case 'v':
      return picture(buffer);
    case 'V':
      return whole(buffer, { does: 'cut', length: 3 });
    case 'r':
      return whole(buffer, { does: 'tell paper', length: 3 });
    case 'I':
      return whole(buffer, { does: 'tell identity', what: buffer[2] ?? 0, length: 3 });
    case '!':
    case 'B':
      return whole(buffer, { does: 'nothing', length: 3 });
    default:
      return { does: 'nothing', length: 2 };
  }
}

/** `GS ( k pL pH cn fn …`; cn 49 is QR codes: fn 80 stores, fn 81 prints. */
function parentheses(buffer: Uint8Array): Command | undefined {
  if (buffer.length < 7) return undefined;
  const length = 5 + (buffer[3]! | (buffer[4]! << 8));
  if (buffer.length < length) return undefined;
  const isQr = buffer[2] === 0x6b && buffer[5] === 49;
  if (isQr && buffer[6] === 80) return { does: 'store qr', bytes: buffer.slice(8, length), length };
  return { does: isQr && buffer[6] === 81 ? 'print qr' : 'nothing', length };
}

/** `GS v 0 m xL xH yL yH`, then the rows. */
function picture(buffer: Uint8Array): Command | undefined {
  if (buffer.length < 8) return undefined;
  const across = buffer[4]! | (buffer[5]! << 8);
  const height = buffer[6]! | (buffer[7]! << 8);
  const length = 8 + across * height;
  if (buffer.length < length) return undefined;
  return { does: 'picture', width: across * 8, height, dots: buffer.slice(8, length), length };
}
