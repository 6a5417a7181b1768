/**
 * The machines as graphs: every state can be reached, every state has a way out, every reached one can come to its end;
 * and an event that a state does not know changes nothing and breaks nothing.
 */
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, type AnyStateNode, createActor } from 'xstate';
import { createCaseFiles } from '../../src/capture/case-files.ts';
import { ok } from '../../src/failures/failure.ts';
import { createActivation } from '../../src/flows/activation.ts';
import { createCapture } from '../../src/flows/capture-machine.ts';
import { createChipVerification } from '../../src/flows/chip-verification.ts';
import { createClosing } from '../../src/flows/closing-machine.ts';
import { createComparison } from '../../src/flows/comparison.ts';
import { createDeskMachine } from '../../src/flows/desk-machine.ts';
import { createHandOver } from '../../src/flows/hand-over.ts';
import { createKiosk } from '../../src/flows/kiosk-machine.ts';
import type { DeskParts } from '../../src/flows/parts.ts';
import type { SessionParts } from '../../src/flows/recording-parts.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import { createSealedVerification } from '../../src/flows/sealed-verification.ts';
import { createSession } from '../../src/flows/session-machine.ts';
import { deskPolicy } from '../../src/flows/settings.ts';

const policy = recordingPolicy.parse({});
/** The shape hangs on the policy alone; what has an effect is not run here. */
const captures = {
  device: () => ({ id: 'any', several: false }),
  take: () => new Promise(() => {}),
  check: () => new Promise(() => {}),
  enough() {},
  drop() {},
  clear() {},
  held: () => [],
};
const never = () => new Promise(() => {});
/** A reader on which no card is laid. */
const idle = { status: () => ({ state: 'ready', card: false, sam: true }), subscribe: () => () => {} };
const desk = {
  policy: deskPolicy.parse({}),
  caseFiles: createCaseFiles(),
  chipStation: () => ok({ reader: idle }),
  sealedReader: () => ok({ awaitCard: never }),
  readers: [],
  store: { audit: { append: never }, activations: { begin: never } },
} as unknown as DeskParts;
const parts = { policy, captures, desk } as unknown as SessionParts;
const machines = {
  session: createSession(parts),
  capture: createCapture({ captures: captures as unknown as SessionParts['captures'], policy }),
  kiosk: createKiosk({
    policy,
    selfTest: () => new Promise(() => {}),
    clockTrusted: true,
    now: () => new Date('2026-03-02T03:00:00Z'),
  }),
  closing: createClosing({ store: { closings: {} } } as unknown as SessionParts),
  desk: createDeskMachine(desk),
  'chip verification': createChipVerification(desk),
  'sealed verification': createSealedVerification(desk),
  activation: createActivation(desk),
  comparison: createComparison(desk),
  'hand-over': createHandOver(desk),
} satisfies Record<string, AnyStateMachine>;

/** The station lets go of a session that is `gone`; on battery a kiosk waits for the mains, which its root hears. */
const RESTING = new Set(['session.work.gone', 'session.staff', 'session.presence']);

const children = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states);
const all = (node: AnyStateNode): AnyStateNode[] => [node, ...children(node).flatMap(all)];
/** Where a state can go, itself or by what stands around it. */
function targetsOf(node: AnyStateNode): AnyStateNode[] {
  const own = [...node.transitions.values(), node.always ?? []].flat();
  const targets = own.flatMap(({ target }) => target ?? []);
  const started = node.type === 'parallel' ? children(node) : (node.initial?.target ?? []);
  return [...targets, ...started];
}
function ancestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node.parent, ...ancestors(node.parent)] : [];
}

describe.each(Object.entries(machines))('%s', (_, machine) => {
  const root: AnyStateNode = machine.root;

  test('every state is reached from the first', () => {
    const reached = new Set<AnyStateNode>();
    const queue = [root];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      queue.push(...targetsOf(node), ...ancestors(node));
    }
    const unreached = all(root).filter((node) => !reached.has(node));
    expect(unreached.map(({ id }) => id)).toEqual([]);
  });

  test('every state that is not the end has a way out', () => {
    const stuck = all(root).filter((node) => {
      if (children(node).length > 0 || node.type === 'final' || RESTING.has(node.id)) return false;
      const around = [node, ...ancestors(node)];
      return !around.some((one) =>
        [...one.transitions.values(), one.always ?? []]
          .flat()
          .some(({ target }) => target?.some((to) => to !== node)),
      );
    });
    expect(stuck.map(({ id }) => id)).toEqual([]);
  });

  test('events that nobody knows, and those of other moments, change nothing at the start', () => {
    const bugs: unknown[] = [];
    const ask = { ask: { kind: 'photo', target: 'photo', fingers: [], eyes: [], background: null } };
    const actor = createActor(machine as AnyStateMachine, {
      input: {
        language: 'id',
        resumed: null,
        closed: null,
        begun: false,
        patient: false,
        waitForDevice: false,
        ...ask,
      },
    });
    actor.subscribe({ error: (error) => bugs.push(error) });
    actor.start();
    const before = JSON.stringify(actor.getSnapshot().value);
    const events = new Set(all(root).flatMap((node) => [...node.transitions.keys()]));
    // The machinery's own come from nowhere else, and carry what their guards look at.
    const asked = [...events].filter((type) => !type.startsWith('xstate.'));
    for (const type of ['nonsense', ...asked]) {
      if (!actor.getSnapshot().can({ type, by: 'resident' } as never))
        actor.send({ type, by: 'resident' } as never);
    }
    expect(bugs).toEqual([]);
    expect(JSON.stringify(actor.getSnapshot().value)).toBe(before);
    actor.stop();
  });
});
