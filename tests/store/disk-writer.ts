/**
 * A kiosk on a disk that fails it: run by disk.line.test.ts in a mount namespace of its own, where the data
 * folder lies on a disk of 1 MiB or on one that is read-only. Prints what it saw as one JSON object.
 */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../src/failures/failure.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { opened as begin, finger, identified, kept } from './session-fixture.ts';

const [scene, dataDir] = process.argv.slice(2) as [keyof typeof scenes, string];
const reserve = join(dataDir, 'reserve');

function open(): Promise<Result<Store>> {
  return openStore({ dataDir, settings: {}, policyHash: 'ab'.repeat(32), now: () => new Date() });
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code;
}

/** Takes up all space that is left. */
function fill(file: string): void {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(4096), { flag: 'a' });
  } catch {
    // full
  }
}

async function activate(store: Store): Promise<Result> {
  const id = randomUUID();
  const intent = { id, uid: '80112233445566AA', readerId: 'new', sessionId: randomUUID(), by: 'desk' };
  const begun = await store.activations.begin(intent);
  if (!begun.ok) return begun;
  return store.activations.settle({ id, outcome: 'done', proof: { text: 'x'.repeat(20_000) }, by: 'desk' });
}

async function fillWhileOpen() {
  const opened = await open();
  if (!opened.ok) return { opened };
  const store = opened.value;
  fill(reserve);
  let acknowledged = 0;
  let last: Result;
  do {
    last = await activate(store);
    if (last.ok) acknowledged += 1;
  } while (last.ok);
  const sentWhenFull = await store.outbox.pending();
  rmSync(reserve);
  const afterwards = await activate(store);
  const sent = await store.outbox.pending();
  const report = await store.audit.verify();
  await store.close();
  return {
    code: codeOf(last),
    lostWhenFull: sentWhenFull.ok ? acknowledged - sentWhenFull.value.length : null,
    afterwards: codeOf(afterwards),
    lostAfterwards: sent.ok ? acknowledged + 1 - sent.value.length : null,
    proven: report.ok && report.value.ok,
  };
}

/** Records samples until the disk is full, then reads all of them back. */
async function fillWithSamples() {
  const opened = await open();
  if (!opened.ok) return { opened };
  const store = opened.value;
  const session = randomUUID();
  const begun = await store.sessions.open(session, [begin(), identified()], 'resident');
  const acknowledged: string[] = [];
  let last: Result<unknown>;
  do {
    const sample = finger();
    last = await store.sessions.record(session, kept(sample), 'resident');
    if (last.ok) acknowledged.push(sample.id);
  } while (last.ok);
  const listed = await store.samples.list(session);
  const facts = await store.sessions.facts(session);
  await store.close();
  return {
    begun: codeOf(begun),
    code: codeOf(last),
    some: acknowledged.length > 3,
    lost: listed.ok ? acknowledged.length - listed.value.length : null,
    facts: facts.ok ? facts.value.length - acknowledged.length : null,
  };
}

async function fillBeforeStart() {
  fill(reserve);
  const code = codeOf(await open());
  rmSync(reserve);
  return { code, afterwards: codeOf(await open()) };
}

async function openReadOnly() {
  return { code: codeOf(await open()) };
}

const scenes = {
  full: fillWhileOpen,
  'full of samples': fillWithSamples,
  'full at start': fillBeforeStart,
  'read-only': openReadOnly,
};
console.log(JSON.stringify(await scenes[scene]()));
process.exit();
