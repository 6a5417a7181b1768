/**
 * The technician's card commands. They run the same flows as the desk, with an image file in the place of the
 * live finger, and answer the JSON that is fixed in docs/commands.md. `by` is the console.
 */
import { createActor, toPromise } from 'xstate';
import type { Kiosk } from '../compose.ts';
import { catalogue } from '../failures/catalogue.ts';
import type { Language } from '../failures/entry.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { type Activated, createActivation } from '../flows/activation.ts';
import { awaitCard } from '../flows/card-watch.ts';
import { type ChipVerified, createChipVerification } from '../flows/chip-verification.ts';
import { createComparison } from '../flows/comparison.ts';
import type { DeskParts } from '../flows/parts.ts';
import { cardFacts, type Reading, readCase } from '../flows/reading.ts';
import { CONSOLE } from '../flows/sam-binding.ts';
import { createSealedVerification, SEALED_UNTOLD } from '../flows/sealed-verification.ts';
import { createFileSensor } from './file-sensor.ts';

export interface CardArgs {
  readonly reader: string;
  /** Absolute path of an image. */
  readonly finger?: string | undefined;
}

/** How long a command waits for a card, s: the reader may just be starting. */
const CARD_PATIENCE = 10;

export async function cardRead(kiosk: Kiosk, { reader }: CardArgs): Promise<Result<Reading>> {
  const { parts } = kiosk;
  return withCase(parts, async (caseId) => {
    const station = parts.chipStation(reader);
    if (!station.ok) return station;
    const there = await awaitCard(station.value.reader, AbortSignal.timeout(CARD_PATIENCE * 1000));
    if (!there.ok) return there.failure.code === 'DESK-CANCELLED' ? fail('CARD-ABSENT') : there;
    const patience = AbortSignal.timeout(parts.policy.patience.read * 1000);
    return readCase(parts, { reader, caseId, by: CONSOLE }, patience);
  });
}

interface Verified extends Omit<Partial<Reading>, 'evidence'> {
  readonly match: boolean | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly finger: number | null;
}

export async function cardVerify(kiosk: Kiosk, args: CardArgs): Promise<Result<object>> {
  const { parts } = kiosk;
  if (parts.sealedReader(args.reader).ok) return sealedVerify(kiosk, args);
  return withCase(parts, async (caseId) => {
    const verified = await chipVerify(parts, args, caseId);
    return verified.ok ? ok(verifiedJson(verified.value)) : verified;
  });
}

export async function cardActivate(kiosk: Kiosk, args: CardArgs): Promise<Result<object>> {
  return withCase(kiosk.parts, async (caseId) => {
    const verified = await chipVerify(kiosk.parts, args, caseId);
    if (!verified.ok) return verified;
    const activated = await activateVerified(kiosk.parts, args.reader, caseId, verified.value);
    if (!activated.ok) return activated;
    const { outcome, failure } = activated.value;
    return ok({
      ...verifiedJson(verified.value),
      activation: outcome,
      activated: outcome === 'unknown' ? null : outcome === 'done' || outcome === 'already',
      ...(failure ? { activationCode: failure.code } : {}),
    });
  });
}

export async function cardCompare(kiosk: Kiosk, language: Language): Promise<Result<object>> {
  const parts = withPatience(kiosk.parts);
  return withCase(parts, async (caseId) => {
    const actor = createActor(createComparison(parts), { input: { caseId, by: CONSOLE } });
    const rows = toPromise(actor);
    actor.start();
    return ok({
      readers: (await rows).map(({ reader, readable, failure }) => ({
        reader,
        readable: readable === true,
        ...(failure ? { code: failure.code, reason: catalogue[failure.code].cause[language] } : {}),
      })),
    });
  });
}

async function chipVerify(
  parts: DeskParts,
  { reader, finger }: CardArgs,
  caseId: string,
): Promise<Result<ChipVerified & { readonly reading: Reading }>> {
  const machine = createChipVerification(withFinger(withPatience(parts), finger));
  const actor = createActor(machine, { input: { reader, caseId, by: CONSOLE } });
  const done = toPromise(actor);
  actor.start();
  const verified = await done;
  const { reading, failure } = verified;
  if (failure) return failed(failure);
  if (!reading) throw new Error('a verification without a failure has read the card');
  return ok({ ...verified, reading });
}

/** Only a verified holder's card is activated; one that is active already is left as it is. */
async function activateVerified(
  parts: DeskParts,
  reader: string,
  caseId: string,
  { verified, reading, verdict, tries }: ChipVerified & { readonly reading: Reading },
): Promise<Result<Pick<Activated, 'outcome' | 'failure'>>> {
  if (!verified || !verdict) return ok({ outcome: 'refused', failure: { code: 'DESK-NOT-VERIFIED' } });
  if (reading.activated) return ok({ outcome: 'already', failure: null });
  const actor = createActor(createActivation(parts), {
    input: {
      reader,
      caseId,
      by: CONSOLE,
      card: { ...cardFacts(reading), uid: reading.uid },
      proof: { score: verdict.score, threshold: verdict.threshold, finger: verdict.finger, tries },
    },
  });
  const done = toPromise(actor);
  actor.start();
  const activated = await done;
  return activated.outcome === null && activated.failure ? failed(activated.failure) : ok(activated);
}

async function sealedVerify(kiosk: Kiosk, { reader, finger }: CardArgs): Promise<Result<object>> {
  if (finger !== undefined) {
    if (!kiosk.bench) return fail('CONSOLE-NO-BENCH');
    const pressed = await kiosk.bench.send({ command: 'press', sensor: reader, file: finger });
    if (!pressed.ok) return pressed;
  }
  const parts = withFinger(withPatience(kiosk.parts), finger);
  const actor = createActor(createSealedVerification(parts), { input: { reader, by: CONSOLE } });
  const done = toPromise(actor);
  actor.start();
  const { match, finger: asked, biodata, failure } = await done;
  if (failure) return failed(failure);
  return ok({
    reader,
    readerGeneration: 'old',
    evidence: 'box',
    ...Object.fromEntries(SEALED_UNTOLD.map((field) => [field, null])),
    biodata,
    match,
    threshold: null,
    finger: asked,
    untold: [...SEALED_UNTOLD, 'threshold', ...(biodata ? [] : ['biodata'])],
  });
}

function verifiedJson({
  reading,
  verdict,
}: ChipVerified & { readonly reading: Reading }): Verified & Reading {
  return {
    ...reading,
    match: verdict?.match ?? null,
    score: verdict?.score ?? null,
    threshold: verdict?.threshold ?? null,
    finger: verdict?.finger ?? null,
  };
}

async function withCase<T>(parts: DeskParts, f: (caseId: string) => Promise<Result<T>>): Promise<Result<T>> {
  const caseId = parts.caseFiles.open();
  try {
    return await f(caseId);
  } finally {
    parts.caseFiles.close(caseId);
  }
}

/** An image is one try; nobody is at the console to press again. */
function withFinger(parts: DeskParts, finger: string | undefined): DeskParts {
  if (finger === undefined) return parts;
  return { ...parts, sensor: createFileSensor(finger), policy: { ...parts.policy, fingerTries: 1 } };
}

/** Nobody is asked to lay a card down: it lies there or it does not. */
function withPatience(parts: DeskParts): DeskParts {
  const { policy } = parts;
  return { ...parts, policy: { ...policy, patience: { ...policy.patience, card: CARD_PATIENCE } } };
}

function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
