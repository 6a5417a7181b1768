/**
 * Draws the statecharts of docs/architecture.md from the machines themselves, as Mermaid, between the markers
 * `<!-- statechart NAME -->` and `<!-- end -->`. With --check it writes nothing and fails when they are out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { AnyStateMachine, StateNode } from 'xstate';
import { createDeviceMachine, type DeviceEffects } from '../src/devices/supervision/device-machine.ts';
import { supervisionSettings } from '../src/devices/supervision/settings.ts';
import { createActivation } from '../src/flows/activation.ts';
import { createCapture } from '../src/flows/capture-machine.ts';
import { createChipVerification } from '../src/flows/chip-verification.ts';
import { createClosing } from '../src/flows/closing-machine.ts';
import { createComparison } from '../src/flows/comparison.ts';
import { createDeskMachine } from '../src/flows/desk-machine.ts';
import { createHandOver } from '../src/flows/hand-over.ts';
import { createKiosk } from '../src/flows/kiosk-machine.ts';
import type { DeskParts } from '../src/flows/parts.ts';
import type { SessionParts } from '../src/flows/recording-parts.ts';
import { recordingPolicy } from '../src/flows/recording-policy.ts';
import { createSealedVerification } from '../src/flows/sealed-verification.ts';
import { createSession } from '../src/flows/session-machine.ts';
import { deskPolicy } from '../src/flows/settings.ts';

const file = 'docs/architecture.md';
/** The shape of a machine hangs on the settings alone; nothing is run here. */
const parts = { policy: deskPolicy.parse({}) } as DeskParts;
const recording = {
  policy: recordingPolicy.parse({}),
  captures: { device: () => null },
  desk: parts,
} as unknown as SessionParts;

const machines: Readonly<Record<string, AnyStateMachine>> = {
  desk: createDeskMachine(parts),
  'chip-verification': createChipVerification(parts),
  'sealed-verification': createSealedVerification(parts),
  activation: createActivation(parts),
  comparison: createComparison(parts),
  'hand-over': createHandOver(parts),
  session: createSession(recording),
  capture: createCapture(recording),
  kiosk: createKiosk({ ...recording, selfTest: async () => [], clockTrusted: true, now: () => new Date() }),
  closing: createClosing({ store: {} } as SessionParts),
  device: createDeviceMachine(supervisionSettings.parse({}), {} as DeviceEffects),
};

const before = readFileSync(file, 'utf8');
const after = before.replace(
  /(<!-- statechart ([\w-]+) -->)[\s\S]*?(<!-- end -->)/g,
  (_, start, name, end) => {
    const machine = machines[name];
    if (!machine) throw new Error(`there is no machine ${name}`);
    return `${start}\n\`\`\`mermaid\n${draw(machine)}\n\`\`\`\n${end}`;
  },
);
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(`${file} is out of date: npm run statecharts`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, after);
}

function draw(machine: AnyStateMachine): string {
  return ['stateDiagram-v2', ...states(machine.root, '  '), ...transitions(machine.root)].join('\n');
}

/** A state's children, nested; invoked work stands under the state's name. */
// biome-ignore lint/suspicious/noExplicitAny: the machines' own types do not matter here
function states(node: StateNode<any, any>, indent: string): string[] {
  const children = Object.values(node.states);
  if (children.length === 0) return [];
  const initial = node.initial.target[0];
  return [
    ...(initial ? [`${indent}[*] --> ${idOf(initial)}`] : []),
    ...children.flatMap((child) => {
      const work = child.invoke.map(({ src }) => `\\n▷ ${typeof src === 'string' ? src : 'work'}`).join('');
      const line = `${indent}state "${child.key}${work}" as ${idOf(child)}`;
      const inner = states(child, `${indent}  `);
      const last = child.type === 'final' ? [`${indent}${idOf(child)} --> [*]`] : [];
      return inner.length > 0 ? [`${line} {`, ...inner, `${indent}}`] : [line, ...last];
    }),
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: the machines' own types do not matter here
function transitions(node: StateNode<any, any>): string[] {
  const own = [...node.transitions.values(), node.always ?? []].flat().flatMap((transition) =>
    (transition.target ?? []).map((target) => {
      return `  ${idOf(node)} --> ${idOf(target)} : ${eventName(transition.eventType)}${guardOf(transition.guard)}`;
    }),
  );
  return [...own, ...Object.values(node.states).flatMap(transitions)];
}

/** By its name; a guard with parameters has a type, a function stands for several named ones. */
function guardOf(guard: unknown): string {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return ` [${guard}]`;
  return typeof guard === 'object' && guard && 'type' in guard ? ` [${guard.type}]` : ' [both]';
}

function eventName(event: string): string {
  const [, delay] = /^xstate\.after\.(\w+)\./.exec(event) ?? [];
  if (delay) return `after ${delay}`;
  if (event.startsWith('xstate.done.actor')) return 'done';
  return event === '' ? 'always' : event;
}

// biome-ignore lint/suspicious/noExplicitAny: the machines' own types do not matter here
function idOf(node: StateNode<any, any>): string {
  return node.id.replaceAll(/[^\w]/g, '_');
}
