/** What somebody may try at the screens' server who reaches its port: each is refused with a code, audited, and harmless. */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configuration } from '../../src/config.ts';
import type { FailureCode } from '../../src/failures/catalogue.ts';
import { ok } from '../../src/failures/failure.ts';
import { createDeskDoor } from '../../src/ui/server/desk-door.ts';
import { createRefusals } from '../../src/ui/server/refusals.ts';
import { createResidentDoor } from '../../src/ui/server/resident-door.ts';
import { startServer, type UiServer } from '../../src/ui/server/server.ts';
import { opened, temporaryFolder, value } from '../store/fixture.ts';
import { type ScriptedDesk, scriptDesk } from './scripted-desk.ts';
import { at, type ScriptedStation, scriptStation } from './scripted-station.ts';
import { SocketScreen, sendRaw } from './socket-screen.ts';

const keys = { desk: 'test-key-desk', resident: 'test-key-resident' };
const policy = configuration.shape.policy.parse({}).recording;

let desk: ScriptedDesk;
let station: ScriptedStation;
let server: UiServer;
let origin: string;
let refused: FailureCode[];
/** What the audit would be told. */
let entries: (readonly [FailureCode, number])[];

beforeEach(async () => {
  [desk, station] = [scriptDesk(), scriptStation()];
  [refused, entries] = [[], []];
  const refusals = createRefusals((code, count) => entries.push([code, count]));
  server = value(
    await startServer({
      host: '127.0.0.1',
      port: 0,
      doors: [
        createDeskDoor({ key: keys.desk, desk, photo: () => undefined, fees: undefined, bench: undefined }),
        createResidentDoor({
          key: keys.resident,
          station,
          policy,
          picture: async () => undefined,
          preview: () => () => {},
          place: { readers: [], inches: 21 },
          fees: { report: async () => ok() },
          bench: undefined,
        }),
      ],
      log: pino({ level: 'silent' }),
      onRefusal(code) {
        refused.push(code);
        refusals.note(code);
      },
    }),
  );
  origin = new URL(server.addresses[0]!).origin;
});
afterEach(async () => {
  await staysAlive();
  await server.close();
});

/** Whatever was tried: the page comes, a screen gets its view, and its wish reaches the desk. */
async function staysAlive(): Promise<void> {
  expect((await fetch(origin)).status).toBe(200);
  const before = desk.asked.length;
  const screen = await new SocketScreen(origin).greet(keys.desk);
  expect((await screen.ask({ type: 'compare' })).failure).toBeNull();
  expect(desk.asked).toHaveLength(before + 1);
  await screen.close();
}

describe('a resident’s key', () => {
  it.each([
    { type: 'take-over' },
    { type: 'settle-exception', exception: 'e-1', approved: true },
    { type: 'settle-override', rule: 'minimum-age' },
    { type: 'open-kiosk' },
    { type: 'confirm-date', date: '2026-03-02' },
    { type: 'activate', uid: '80A1B2C3D4E5F607' },
    { type: 'dispute', uid: null, reason: 'damaged', fields: [] },
    { type: 'show-cards', village: 'TANJUNG LAGO' },
    { type: 'login', id: 'budi', pin: '730152' },
    { type: 'report', day: '2026-03-02' },
    { type: 'restart-device', device: 'finger' },
    { type: 'bench', command: { command: 'pull', reader: 'new' } },
  ])('opens no wish of others: $type', async (wish) => {
    station.show(at({ at: 'survey' }));
    const screen = await new SocketScreen(origin).greet(keys.resident);
    expect((await screen.ask(wish)).failure?.code).toBe('UI-NOT-ALLOWED');
    expect([station.asked, desk.asked]).toEqual([[], []]);
    expect(refused).toEqual(['UI-NOT-ALLOWED']);
    expect(entries).toHaveLength(1);
    await screen.close();
  });

  it('makes nobody else of whoever sends it', async () => {
    const screen = await new SocketScreen(origin).greet(keys.resident);
    screen.say({ type: 'intent', id: 1, intent: { type: 'begin', language: 'id', by: 'budi' } });
    expect(await screen.refusal()).toBe('UI-INTENT-INVALID');
    expect(station.asked).toEqual([]);
    await screen.close();
  });
});

it.each([
  ['of the last boot', () => randomBytes(32).toString('base64url')],
  ['that is empty', () => ''],
  ['with something after it', () => `${keys.desk} `],
  ['in another case', () => keys.desk.toUpperCase()],
])('a key %s opens nothing', async (_, key) => {
  const screen = await new SocketScreen(origin).open();
  screen.say({ type: 'hello', key: key() });
  expect(await screen.refusal()).toBe('UI-KEY-WRONG');
  expect(await screen.closed).toBe(4401);
  expect(refused).toEqual(['UI-KEY-WRONG']);
  expect(entries).toHaveLength(1);
});

it('a page of another origin gets neither page nor socket, and the audit tells', async () => {
  const foreign = { origin: 'http://evil.example' };
  expect((await fetch(origin, { headers: foreign })).status).toBe(403);
  expect(await new SocketScreen(origin, foreign).closed).toBe(1006);
  expect(refused).toEqual(['UI-ORIGIN-REFUSED', 'UI-ORIGIN-REFUSED']);
  expect(entries).toHaveLength(1);
});

it.each([
  '/../../etc/passwd',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/speech/..%2f..%2fpackage.json',
  '/speech/%2e%2e/%2e%2e/config/bench.json',
  '/assets/%00',
  '//etc/passwd',
])('nothing outside of the page’s folder comes for %s', async (path) => {
  const { host } = new URL(origin);
  const answer = await sendRaw(origin, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 40[034] /);
});

it.each([
  ['a body that is too long', `POST /photo/x HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999\r\n\r\n`],
  ['no HTTP', '\x16\x03\x01\x02\x00\x01'],
  ['a header without an end', `GET / HTTP/1.1\r\nHost: HOST\r\nX: ${'x'.repeat(100_000)}`],
])('%s ends its connection', async (_, bytes) => {
  const answer = await sendRaw(origin, bytes.replace('HOST', new URL(origin).host));
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
});

it('a thousand connections are turned away with a code, and make one entry of the audit', async () => {
  const screens = Array.from({ length: 1000 }, () => new SocketScreen(origin));
  const turnedAway = screens.slice(16);
  const codes = await Promise.all(turnedAway.map((screen) => screen.refusal()));
  expect(new Set(codes)).toEqual(new Set(['UI-TOO-MANY-SCREENS']));
  await Promise.all(turnedAway.map(({ closed }) => closed));
  expect(entries).toHaveLength(1);
  // Those that came in and never say hello are cut off, too.
  await Promise.all(screens.slice(0, 16).map(({ closed }) => closed));
});

it('what is refused stands in the audit: the first at once, the others of its kind counted', async () => {
  const store = await opened(temporaryFolder());
  const written: Promise<unknown>[] = [];
  const refusals = createRefusals((code, count) => {
    written.push(store.audit.append('screen-refused', 'kiosk', { code, count }));
  });
  for (const code of ['UI-KEY-WRONG', 'UI-KEY-WRONG', 'UI-NOT-ALLOWED', 'UI-KEY-WRONG'] as const)
    refusals.note(code);
  expect(written).toHaveLength(2);
  refusals.close();
  expect(await Promise.all(written)).toEqual([ok(), ok(), ok()]);
  expect(value(await store.audit.verify())).toMatchObject({ entries: 3, ok: true });
});
