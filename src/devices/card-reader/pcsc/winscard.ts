/** The part of PC/SC's vocabulary that this driver speaks: winscard.h and pcsclite.h of pcsc-lite. */

/** Return values of the SCard… functions. */
export const SCARD = {
  F_COMM_ERROR: 0x80100013,
  E_INVALID_HANDLE: 0x80100003,
  E_UNKNOWN_READER: 0x80100009,
  E_SHARING_VIOLATION: 0x8010000b,
  E_NO_SMARTCARD: 0x8010000c,
  E_PROTO_MISMATCH: 0x8010000f,
  E_NOT_TRANSACTED: 0x80100016,
  E_READER_UNAVAILABLE: 0x80100017,
  E_NO_SERVICE: 0x8010001d,
  E_SERVICE_STOPPED: 0x8010001e,
  W_UNSUPPORTED_CARD: 0x80100065,
  W_UNRESPONSIVE_CARD: 0x80100066,
  W_UNPOWERED_CARD: 0x80100067,
  W_RESET_CARD: 0x80100068,
  W_REMOVED_CARD: 0x80100069,
} as const;

/** dwShareMode of SCardConnect. */
export const SHARE = { EXCLUSIVE: 1, DIRECT: 3 } as const;

/** dwDisposition of SCardDisconnect. */
export const DISPOSITION = { LEAVE: 0, RESET: 1, UNPOWER: 2 } as const;

/** Bits of dwEventState; its upper 16 bits count insertions and removals. */
const STATE_UNKNOWN = 0x0004;
const STATE_UNAVAILABLE = 0x0008;
const STATE_PRESENT = 0x0020;

export const isCardPresent = (state: number): boolean => (state & STATE_PRESENT) !== 0;
export const isReaderUsable = (state: number): boolean => (state & (STATE_UNKNOWN | STATE_UNAVAILABLE)) === 0;
/** Differs between two states when a card came or went between them, however quickly. */
export const cardChanges = (state: number): number => state >>> 16;

/** An error as text for the technician, e.g. `PC/SC 80100069`. */
export const describeError = (error: number): string => `PC/SC ${error.toString(16).toUpperCase()}`;
