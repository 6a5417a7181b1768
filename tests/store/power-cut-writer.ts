/**
 * A kiosk that records without pause until somebody kills it: run by power-cut.line.test.ts. It prints a line
 * after each act that the store acknowledged: `begun <id>`, `settled <id> <outcome>`, `kept <sample> <session>`,
 * `receipt <number> <session>`, `wiped <session>`.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/store.ts';
import { opened as begun, finger, identified, kept } from './session-fixture.ts';

const outcomes = ['done', 'already', 'refused', 'unknown'] as const;
const [dataDir] = process.argv.slice(2);
const opened = await openStore({
  dataDir: dataDir!,
  settings: {},
  policyHash: 'ab'.repeat(32),
  now: () => new Date(),
});
if (!opened.ok) throw new Error(opened.failure.code);
const { activations, audit, sessions, receipts } = opened.value;

async function activate(): Promise<void> {
  const id = randomUUID();
  const outcome = outcomes[randomInt(outcomes.length)]!;
  const begun = await activations.begin({
    id,
    uid: '80112233445566AA',
    readerId: 'new',
    sessionId: randomUUID(),
    by: 'desk',
  });
  if (begun.ok) writeSync(1, `begun ${id}\n`);
  await audit.append('desk-event-unknown', 'desk', { state: 'activating', event: 'cancel' });
  const settled = await activations.settle({ id, outcome, proof: { text: 'x'.repeat(2000) }, by: 'desk' });
  if (settled.ok) writeSync(1, `settled ${id} ${outcome}\n`);
}

/** A session of three steps; every other one is broken off. */
async function record(): Promise<void> {
  const id = randomUUID();
  if (!(await sessions.open(id, [begun(), identified()], 'resident')).ok) return;
  for (let steps = 0; steps < 3; steps++) {
    const sample = finger();
    if ((await sessions.record(id, kept(sample), 'resident')).ok) writeSync(1, `kept ${sample.id} ${id}\n`);
  }
  const number = await receipts.issue(id, 'kiosk');
  if (number.ok) writeSync(1, `receipt ${number.value} ${id}\n`);
  if (randomInt(2) === 0) return;
  if ((await sessions.wipe(id, 'abandoned', 'resident')).ok) writeSync(1, `wiped ${id}\n`);
}

for (;;) await Promise.all([activate(), record(), activate(), record()]);
