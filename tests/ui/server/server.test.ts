/** The server over real sockets, with a desk that shows what the test says. Needs the built page (`vite build`). */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/ui/contract/message.ts';
import { createDeskDoor } from '../../../src/ui/server/desk-door.ts';
import { startServer, type UiServer } from '../../../src/ui/server/server.ts';
import { type ScriptedBench, type ScriptedDesk, scriptBench, scriptDesk } from '../scripted-desk.ts';
import { SocketScreen, sendRaw } from '../socket-screen.ts';
import { card, works } from '../statuses.ts';

const key = 'test-key-of-this-boot';
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const log = pino({ level: 'silent' });

let desk: ScriptedDesk;
let bench: ScriptedBench;
let server: UiServer;
let origin: string;

async function start(withBench = true): Promise<void> {
  desk = scriptDesk();
  bench = scriptBench();
  const started = await startServer({
    host: '127.0.0.1',
    port: 0,
    doors: [deskDoor(withBench ? bench : undefined)],
    log,
  });
  if (!started.ok) throw new Error(started.failure.code);
  server = started.value;
  origin = new URL(server.addresses[0]!).origin;
}

function deskDoor(ofBench: ScriptedBench | undefined) {
  return createDeskDoor({
    key,
    desk,
    photo: (id) => (id === 'case-1' ? jpeg : undefined),
    fees: undefined,
    bench: ofBench,
  });
}

/** The desk of a message that shows it. */
function deskOf({ view }: Extract<Message, { type: 'view' }>) {
  if (view.screen !== 'desk') throw new Error(`the screen is ${view.screen}`);
  return view;
}
const workOf = (message: Extract<Message, { type: 'view' }>) => deskOf(message).work;

beforeEach(() => start());
afterEach(() => server.close());

/** With the right key, unless it says another hello itself. */
class Screen extends SocketScreen {
  constructor(headers: Record<string, string> = { origin }) {
    super(origin, headers);
  }

  override greet(): Promise<this> {
    return super.greet(key);
  }
}

const raw = (request: string) => sendRaw(origin, request);
const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, origin), { headers });
const bearer = { authorization: `Bearer ${key}` };

describe('the page', () => {
  it('comes without a key, and the key never comes with it', async () => {
    const response = await get('/');
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('<div id="page">');
    expect(html).not.toContain(key);
    expect(new URL(server.addresses[0]!)).toMatchObject({ search: '', hash: `#key=${key}&screen=desk` });
  });

  it('runs nothing inline and cannot be framed', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/.git/config',
  ])('has nothing at %s', async (path) => {
    const status = await raw(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nConnection: close\r\n\r\n`,
    );
    expect(status).toMatch(/^HTTP\/1\.1 40[034] /);
  });
});

describe('who may ask', () => {
  it('not a page under another name (DNS rebinding)', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toContain(' 403 ');
  });

  it('not a page of another origin', async () => {
    const response = await get('/', { origin: 'http://evil.example' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'UI-ORIGIN-REFUSED' } });
  });

  it.each([{ origin: 'http://evil.example' }, {}])('not a socket with %j', async (headers) => {
    const screen = new Screen(headers as Record<string, string>);
    expect(await screen.closed).toBe(1006);
    expect(screen.messages).toEqual([]);
  });

  it('not a screen with another key: it is told why and dropped', async () => {
    const screen = await new Screen().open();
    screen.say({ type: 'hello', key: 'key-of-the-last-boot' });
    expect(await screen.refusal()).toBe('UI-KEY-WRONG');
    expect(await screen.closed).toBe(4401);
    expect(desk.listeners.size).toBe(1); // the server's own
  });

  it('not before hello', async () => {
    const screen = await new Screen().open();
    screen.say({ type: 'intent', id: 1, intent: { type: 'compare' } });
    expect(await screen.refusal()).toBe('UI-KEY-WRONG');
    expect(desk.asked).toEqual([]);
    await screen.close();
  });
});

describe('the photo', () => {
  it('comes to those who have the key, and is kept nowhere', async () => {
    const response = await get('/photo/case-1', bearer);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpeg);
  });

  it.each([
    ['without a key', '/photo/case-1', {}, 401],
    ['with a wrong key', '/photo/case-1', { authorization: 'Bearer nonsense' }, 401],
    ['with the key in the address', `/photo/case-1?key=${key}`, {}, 401],
    ['of a closed case', '/photo/case-0', bearer, 404],
    ['of a file', '/photo/..%2f..%2f..%2fpackage.json', bearer, 404],
  ])('does not come %s', async (_, path, headers, status) => {
    const response = await get(path, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('error.code');
  });
});

describe('a screen', () => {
  it('gets the view at once and at every change, with a number that grows', async () => {
    const screen = await new Screen().open();
    screen.say({ type: 'hello', key });
    const first = await screen.until('view');
    desk.showWork(works.reading);
    const second = await screen.until('view');
    expect(workOf(first).at).toBe('idle');
    expect(workOf(second)).toMatchObject({ at: 'verification', step: 'reading', photoId: 'case-1' });
    expect(second.seq).toBeGreaterThan(first.seq);
    await screen.close();
  });

  it('gets the current view again after its line dropped', async () => {
    const screen = await new Screen().greet();
    await screen.close();
    desk.showWork(works['awaiting-finger']);
    const again = await new Screen().open();
    again.say({ type: 'hello', key });
    expect(workOf(await again.until('view'))).toMatchObject({ step: 'awaiting-finger' });
    await again.close();
  });

  it('is told once of many changes at once', async () => {
    const screen = await new Screen().greet();
    for (const work of [works['awaiting-card'], works['reading-photo'], works.reading]) desk.showWork(work);
    expect(workOf(await screen.until('view'))).toMatchObject({ step: 'reading' });
    expect(screen.messages).toEqual([]);
    await screen.close();
  });

  it('passes its wishes on, in the name of the desk', async () => {
    const screen = await new Screen().greet();
    expect(await screen.ask({ type: 'verify', reader: 'new' }, 7)).toEqual({
      type: 'answer',
      to: 7,
      failure: null,
    });
    expect(desk.asked).toEqual([{ type: 'verify', reader: 'new', by: 'desk' }]);
    await screen.close();
  });

  it('cannot wish for what is not possible now', async () => {
    const screen = await new Screen().greet();
    const { failure } = await screen.ask({ type: 'activate', uid: card.uid });
    expect(failure?.code).toBe('DESK-NOT-NOW');
    expect(desk.asked).toEqual([]);
    await screen.close();
  });

  it('activates the card that its officer saw and no other', async () => {
    const screen = await new Screen().greet();
    desk.showWork(works.verified);
    const other = await screen.ask({ type: 'activate', uid: '80FFFFFFFFFFFFFF' });
    expect(other.failure?.code).toBe('UI-OTHER-CARD');
    const seen = await screen.ask({ type: 'activate', uid: card.uid });
    expect(seen.failure).toBeNull();
    expect(desk.asked).toEqual([{ type: 'activate', by: 'desk' }]);
    await screen.close();
  });

  it('works the bench where there is one', async () => {
    const screen = await new Screen().greet();
    const command = { command: 'lay', card: 'b-new', reader: 'new' };
    expect((await screen.ask({ type: 'bench', command })).failure).toBeNull();
    expect(bench.commands).toEqual([command]);
    const view = deskOf(await screen.until('view'));
    expect(view.bench?.cards.find(({ id }) => id === 'b-new')?.where).toBe('new');
    await screen.close();
  });

  it('finds no bench where the devices are real', async () => {
    await server.close();
    await start(false);
    const screen = await new Screen().open();
    screen.say({ type: 'hello', key });
    expect(deskOf(await screen.until('view')).bench).toBeNull();
    const { failure } = await screen.ask({ type: 'bench', command: { command: 'pull', reader: 'new' } });
    expect(failure?.code).toBe('UI-NOT-ALLOWED');
    await screen.close();
  });
});

describe('whatever a screen sends', () => {
  it.each([
    ['no JSON', '{'],
    ['no message', '[]'],
    ['an unknown message', { type: 'shell', command: 'id' }],
    ['an unknown wish', { type: 'intent', id: 1, intent: { type: 'format-disk' } }],
    ['a wish with something added', { type: 'intent', id: 1, intent: { type: 'compare', by: 'supervisor' } }],
  ])('%s is refused, and the screen goes on', async (_, sent) => {
    const screen = await new Screen().greet();
    screen.say(sent);
    expect(await screen.refusal()).toBe('UI-INTENT-INVALID');
    expect((await screen.ask({ type: 'compare' })).failure).toBeNull();
    await screen.close();
  });

  it('bytes are refused', async () => {
    const screen = await new Screen().greet();
    screen.sayBytes(Uint8Array.of(1, 2, 3));
    expect(await screen.refusal()).toBe('UI-INTENT-INVALID');
    await screen.close();
  });

  it('a message that is too long ends the line, not the server', async () => {
    const screen = await new Screen().greet();
    screen.say(JSON.stringify({ type: 'hello', key: 'x'.repeat(5000) }));
    expect(await screen.closed).toBe(1009);
    const next = await new Screen().greet();
    await next.close();
  });

  it('too much at once is refused, and the screen goes on', async () => {
    const screen = await new Screen().greet();
    for (let sent = 0; sent < 40; sent += 1)
      screen.say({ type: 'intent', id: sent, intent: { type: 'compare' } });
    expect(await screen.refusal()).toBe('UI-TOO-FAST');
    expect(desk.asked.length).toBeLessThan(40);
    await screen.close();
  });

  it('a flood is cut off', async () => {
    const screen = await new Screen().greet();
    for (let sent = 0; sent < 300; sent += 1) screen.say('{');
    expect(await screen.closed).toBe(1006);
    const next = await new Screen().greet();
    await next.close();
  });

  it('too many screens are turned away, and room is made when one leaves', async () => {
    const screens: Screen[] = [];
    for (let count = 0; count < 16; count += 1) screens.push(await new Screen().greet());
    const late = new Screen();
    expect(await late.refusal()).toBe('UI-TOO-MANY-SCREENS');
    expect(await late.closed).toBe(1013);
    await screens[0]!.close();
    const next = await new Screen().greet();
    await Promise.all([...screens.slice(1), next].map((screen) => screen.close()));
  });
});

it('says so when its port is taken', async () => {
  const port = Number(new URL(origin).port);
  const second = await startServer({
    host: '127.0.0.1',
    port,
    doors: [],
    log,
  });
  expect(second).toMatchObject({ ok: false, failure: { code: 'UI-PORT-BUSY' } });
});
