/** The commands that need a kiosk: the running one runs them for whoever may open its socket, or the CLI does. */
import { z } from 'zod';
import type { Kiosk, Need } from '../compose.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { dayReport } from '../flows/day-report.ts';
import { CONSOLE, confirmSam } from '../flows/sam-binding.ts';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../rules/identifier.ts';
import { cardActivate, cardCompare, cardRead, cardVerify } from './card-commands.ts';
import { check } from './check.ts';
import { actOnDevice, noteCalibration } from './device-commands.ts';
import { enrolSupervisor } from './staff-commands.ts';
import { stickRead } from './stick-commands.ts';
import { actOnUplink } from './uplink-commands.ts';

const reader = z.string().min(1);
const language = z.enum(['id', 'en']);

const supervisor = z.strictObject({
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  name: z.string().min(1).max(60),
  pin: z.string(),
  appointment: z.string().min(1).max(60),
  appointedUntil: z.iso.date(),
  trainedUntil: z.iso.date(),
});

/** What the command line asks of a kiosk; crosses the console socket as JSON. */
export const request = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('check'), language }),
  z.strictObject({ command: z.literal('card read'), reader, language }),
  z.strictObject({ command: z.literal('card verify'), reader, finger: z.string().optional(), language }),
  z.strictObject({ command: z.literal('card activate'), reader, finger: z.string().optional(), language }),
  z.strictObject({ command: z.literal('card compare'), language }),
  z.strictObject({ command: z.literal('sam confirm'), reader, language }),
  z.strictObject({ command: z.literal('audit verify'), language }),
  z.strictObject({ command: z.literal('matrix'), language }),
  z.strictObject({ command: z.literal('report'), day: z.iso.date(), language }),
  z.strictObject({ command: z.literal('stick read'), device: z.string().min(1), language }),
  z.strictObject({
    command: z.enum(['uplink send', 'uplink send again', 'uplink receive', 'uplink status']),
    language,
  }),
  z.strictObject({ command: z.literal('staff enrol'), member: supervisor, language }),
  z.strictObject({
    command: z.enum(['device restart', 'device disable', 'device enable', 'device calibrated']),
    device: z.string().min(1),
    language,
  }),
]);
export type Request = z.infer<typeof request>;

/** What a command opens when no kiosk runs. */
export function needOf(asked: Request): Need {
  switch (asked.command) {
    case 'check':
      return { readers: 'all', devices: 'all' };
    case 'card compare':
      return { readers: 'all', devices: [] };
    case 'card read':
      return { readers: [asked.reader], devices: [] };
    case 'card verify':
    case 'card activate':
      return {
        readers: [asked.reader],
        devices: asked.finger === undefined ? ['finger-sensor'] : [],
      };
    case 'sam confirm':
    case 'audit verify':
    case 'matrix':
    case 'report':
    case 'stick read':
    case 'uplink send':
    case 'uplink send again':
    case 'uplink receive':
    case 'uplink status':
    case 'staff enrol':
    case 'device restart':
    case 'device disable':
    case 'device enable':
    case 'device calibrated':
      return { readers: [], devices: [] };
  }
}

/** Runs a command; the value is what `--json` prints. */
export async function run(kiosk: Kiosk, asked: Request): Promise<Result<object>> {
  const { store } = kiosk.parts;
  const audited = await store.audit.append('console-command', CONSOLE, { command: asked.command });
  if (!audited.ok && asked.command !== 'audit verify') return audited;
  switch (asked.command) {
    case 'check':
      return check(kiosk, asked.language);
    case 'card read':
      return cardRead(kiosk, asked);
    case 'card verify':
      return cardVerify(kiosk, asked);
    case 'card activate':
      return cardActivate(kiosk, asked);
    case 'card compare':
      return cardCompare(kiosk, asked.language);
    case 'sam confirm': {
      if (!kiosk.configuration.readers.some(({ id }) => id === asked.reader)) {
        return fail('DESK-READER-UNKNOWN', asked.reader);
      }
      const confirmed = await confirmSam(store, asked.reader, CONSOLE);
      return confirmed.ok ? ok({ reader: asked.reader, confirmed: confirmed.value }) : confirmed;
    }
    case 'audit verify':
      return store.audit.verify();
    case 'matrix': {
      const cards = await store.devices.cards();
      return cards.ok ? ok({ cards: cards.value }) : cards;
    }
    case 'report':
      return dayReport(store, asked.day);
    case 'stick read':
      return stickRead(kiosk, asked.device);
    case 'uplink send':
    case 'uplink send again':
    case 'uplink receive':
    case 'uplink status':
      return actOnUplink(kiosk, asked.command);
    case 'staff enrol':
      return enrolSupervisor(kiosk, asked.member);
    case 'device restart':
    case 'device disable':
    case 'device enable':
      return actOnDevice(kiosk, asked.command, asked.device);
    case 'device calibrated':
      return noteCalibration(kiosk, asked.device);
  }
}
