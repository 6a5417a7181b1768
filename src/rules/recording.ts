/** The words of a recording (perekaman): what is captured, in which steps, why it may be lacking (domain.md, Rules). */
import type { FingerPosition } from './finger-position.ts';

/** Why a resident comes: Perpres 96/2018 art. 14 and 22. */
export const REASONS_FOR_COMING = [
  'new',
  'moved',
  'data-changed',
  'itap-extended',
  'lost-or-damaged',
  'outside-domicile',
] as const;
export type ReasonForComing = (typeof REASONS_FOR_COMING)[number];

/** The captures of a recording, in the order in which they are asked for. */
export const CAPTURE_STEPS = [
  'photo',
  'signature',
  'right-four',
  'left-four',
  'thumbs',
  'irises',
  /** Both index fingers once more: the two that go on the chip. */
  'chip-fingers',
] as const;
export type CaptureStep = (typeof CAPTURE_STEPS)[number];

export const EYES = ['right', 'left'] as const;
export type Eye = (typeof EYES)[number];

export const EXCEPTION_TYPES = [
  'missing',
  /** Injured, bandaged. */
  'temporary',
  /** After the allowed tries. */
  'unreadable',
  /** A thumb print stands in for the signature. */
  'cannot-sign',
  /** Illness, disability: the photo's background is waived too. */
  'cannot-cooperate',
] as const;
export type ExceptionType = (typeof EXCEPTION_TYPES)[number];

/** What an exception stands for. */
export type ExceptionSubject =
  | { readonly kind: 'finger'; readonly position: FingerPosition }
  | { readonly kind: 'iris'; readonly eye: Eye }
  | { readonly kind: 'signature' }
  | { readonly kind: 'photo-background' };
