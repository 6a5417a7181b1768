/**
 * A kiosk that was updated in the middle of a session goes on with it. `made-by-version-6` was written by the program
 * whose database had version 6: six facts of an invented resident and the photo's sample. It is never made anew: a
 * database that this program writes would prove nothing.
 */
import { chmodSync, copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextStep } from '../../src/flows/next-step.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import { AT, engineOf, temporaryFolder, value } from '../store/fixture.ts';
import { step } from '../store/session-fixture.ts';

const MADE = join(import.meta.dirname, 'made-by-version-6');
const SESSION = '00000000-0000-4000-8000-000000000001';
const PHOTO = '00000000-0000-4000-8000-000000000002';

test('a session of the last version goes on at its step, with what was kept of it', async () => {
  const dataDir = temporaryFolder();
  cpSync(join(MADE, 'store'), join(dataDir, 'store'), { recursive: true });
  mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
  // A clone does not keep that a file is its owner's alone.
  for (const key of ['store.key', 'audit.key']) {
    copyFileSync(join(MADE, 'test-keys', key), join(dataDir, 'keys', key));
    chmodSync(join(dataDir, 'keys', key), 0o600);
  }
  const { rooms, ...engine } = value(engineOf(dataDir));
  expect(value(rooms.sessions.unfinished(AT)).map(({ id }) => id)).toEqual([SESSION]);

  const facts = value(rooms.sessions.facts(AT, SESSION));
  expect(facts.map(({ type }) => type)).toEqual([
    'opened',
    'identified',
    'notice-acknowledged',
    'record-looked-up',
    'biodata-taken',
    'samples-kept',
  ]);
  expect(nextStep(facts, recordingPolicy.parse({}))).toMatchObject({ do: 'confirm-biodata' });
  const photo = value(rooms.samples.read(AT, SESSION, PHOTO, 'kiosk', 'proof'));
  expect(photo.record).toEqual(Uint8Array.from({ length: 5000 }, (_, n) => (n * 7) & 255));

  value(rooms.sessions.record(AT, SESSION, step({ type: 'taken-over' }), 'operator'));
  expect(value(await engine['audit.verify']())).toMatchObject({ ok: true });
});
