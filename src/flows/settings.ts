/** The policy: what the desk and the recording keep to. One frozen object; its hash stands in every audit entry. */
import { z } from 'zod';
import { capturePolicy } from '../capture/settings.ts';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../rules/identifier.ts';
import { recordingPolicy } from './recording-policy.ts';

/** As records tell it (FingerTemplate.maker). */
const MAKER = /^(unknown|device:[0-9a-f]{3}|vendor:[0-9a-f]{4})$/;
const seconds = z.number().positive().max(3600);

const desk = z.strictObject({
  /** Presses of a finger in one verification. domain.md: at most four. */
  fingerTries: z.int().min(1).max(4).default(4),
  patience: z
    .strictObject({
      /** Until a card is laid down, s. */
      card: seconds.default(60),
      /** For one whole read of a card, s. */
      read: seconds.default(45),
      /** Until a finger is pressed, s. */
      finger: seconds.default(45),
      /** Until a card that left in the middle of its activation is back, s. */
      readBack: seconds.default(30),
    })
    .prefault({}),
  fingerprint: z
    .strictObject({
      /**
       * Score from which a live finger counts as the one on the chip, per maker of the chip's template; `unknown`
       * for all others. The engine's own default keeps its false accepts whoever the maker is.
       */
      thresholds: z
        .record(
          z.string().regex(MAKER, 'unknown, device:⟨3 hex digits⟩ or vendor:⟨4 hex digits⟩'),
          z.number().positive(),
        )
        .default({}),
      /** Image quality below which a refused try names the image's fault as its reason, 0–100. */
      poorQuality: z.int().min(0).max(100).default(30),
    })
    .prefault({}),
  /** Under whom the old reader logs its matches. */
  operator: z
    .strictObject({
      id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
      nik: z.string().regex(/^\d{16}$/, '16 digits'),
    })
    .default({ id: 'desk', nik: '0000000000000000' }),
});

export const deskPolicy = desk.prefault({});
export type DeskPolicy = z.infer<typeof deskPolicy>;

/** How staff log in. */
const loginPolicy = z
  .strictObject({
    /** Wrong PINs in a row until the account is locked. */
    tries: z.int().min(1).max(20).default(5),
    lockMinutes: z.int().min(1).max(1440).default(15),
    /** Beside the PIN; null: the PIN alone. */
    secondFactor: z.enum(['card', 'finger']).nullable().default(null),
  })
  .prefault({});

export const policy = desk
  .extend({ recording: recordingPolicy, capture: capturePolicy, login: loginPolicy })
  .prefault({});
