/**
 * `npm run bench -- ui [EVENTS]`: how quick the resident's screen is, in Chromium, on the kiosk with its virtual devices:
 * from a device's event on its wire (a code before the scanner) to the painted change, over flows, store, server and
 * page; the first paint of a page that is opened; and what of the page must be loaded. Exit status 1 above the bounds.
 * Needs the built page, and a machine on which no pcscd runs.
 */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { texts } from '../../src/ui/web/resident/texts.ts';
import { attachBench, benchSocket } from '../../src/virtual/client.ts';
import { invitationCode } from '../../src/virtual/people/invitations.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { startKiosk } from '../e2e/kiosk.ts';
import { SocketScreen } from '../ui/socket-screen.ts';

/** reference/ux.md: within 100 ms of the fact. */
const MOST_P95_MS = 100;
const MOST_FIRST_PAINT_MS = 2000;
/** Scripts and styles of the resident's page, gzipped. */
const MOST_BUNDLE_KB = 120;
const FIRST_PAINTS = 5;

export async function run(args: readonly string[]): Promise<number> {
  const events = Number(args[0] ?? 40);
  const kiosk = await startKiosk(['scanner']);
  const browser = await launchBrowser();
  try {
    const address = kiosk.screens.resident;
    const first = [];
    for (let n = 0; n < FIRST_PAINTS; n += 1) first.push(await firstPaint(browser, address));
    const bundle = await bundleOf(browser, address);
    const delays = await painted(browser, address, kiosk.config, events);
    const within = [
      line('event on the wire → painted, p95', quantile(delays, 0.95), MOST_P95_MS, 'ms'),
      line('first paint of the page, slowest', Math.max(...first), MOST_FIRST_PAINT_MS, 'ms'),
      line('scripts and styles, gzipped', bundle, MOST_BUNDLE_KB, 'kB'),
    ];
    const [half, most] = [quantile(delays, 0.5), Math.max(...delays)];
    process.stdout.write(`${events} events: p50 ${half.toFixed(1)} ms, slowest ${most.toFixed(1)} ms\n`);
    return within.every(Boolean) ? 0 : 1;
  } finally {
    await browser.close();
    await kiosk.stop();
  }
}

/** Prints a figure beside its bound; whether it keeps to it. */
function line(what: string, value: number, most: number, unit: string): boolean {
  const isWithin = value <= most;
  const verdict = isWithin ? 'ok' : 'ABOVE';
  process.stdout.write(
    `${what.padEnd(36)} ${value.toFixed(1).padStart(8)} ${unit}, at most ${most}: ${verdict}\n`,
  );
  return isWithin;
}

function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}

/** From the request to the frame that shows the first sentence, in a browser that knows nothing of the page yet, ms. */
async function firstPaint(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (!document.querySelector('h1')) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { firstPaint: performance.now() })));
    });
    look.observe(document, { childList: true, subtree: true });
  });
  await page.goto(address);
  const ms = await page.waitForFunction(() => (window as { firstPaint?: number }).firstPaint);
  const value = Number(await ms.jsonValue());
  await context.close();
  return value;
}

/** Of what the page loads to be used; fonts, pictures and clips come when they are needed. kB. */
async function bundleOf(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  const loading: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!['script', 'stylesheet'].includes(response.request().resourceType())) return;
    loading.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const bytes = await Promise.all(loading);
  await page.close();
  return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}

/**
 * People who hold their invitation before the scanner, one after the other: the scanner's bytes, the flow that looks them
 * up, the view, and the frame that shows that something happened. ms each.
 */
async function painted(browser: Browser, address: string, config: string, events: number): Promise<number[]> {
  const { bench: settings } = JSON.parse(await readFile(config, 'utf8'));
  const attached = await attachBench(benchSocket(settings.folder));
  if (!attached.ok) throw new Error(attached.failure.code);
  const bench = attached.value;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  const { origin, hash } = new URL(address);
  // The wishes before and after go past the page, so that it shows nothing but what the scanner brings.
  const other = await new SocketScreen(origin).greet(new URLSearchParams(hash.slice(1)).get('key') ?? '');

  const delays: number[] = [];
  for (let n = 0; n < events; n += 1) {
    for (const wish of [
      { type: 'begin', language: 'id' },
      { type: 'record', reason: 'new' },
    ])
      await other.ask(wish);
    await sees(page, texts.identifyTitle);
    const change = nextPaint(page);
    await change.armed;
    const sent = performance.timeOrigin + performance.now();
    const code = invitationCode('endah');
    const done = await bench.send({ command: 'device', device: 'scanner', act: { scan: code } });
    if (!done.ok) throw new Error(done.failure.code);
    delays.push((await change.at) - sent);
    await sees(page, texts.noticeTitle);
    // Once to end the session, once more to end its farewell.
    while (!(await titled(page, texts.welcome).isVisible())) {
      await other.ask({ type: 'leave' });
      await page.waitForTimeout(200);
    }
  }
  await other.close();
  await bench.stop();
  return delays;
}

const titled = (page: Page, title: { readonly id: string }) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: title.id });
const sees = (page: Page, title: { readonly id: string }) => titled(page, title).waitFor();

/** When the next change of the page has been painted, ms since the epoch. */
function nextPaint(page: Page) {
  const armed = page.evaluate(() => {
    const change = new Promise<number>((resolve) => {
      const look = new MutationObserver(() => {
        look.disconnect();
        // After the frame in which the change is drawn.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
      });
      look.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    });
    Object.assign(window, { change });
  });
  return {
    armed,
    get at() {
      return page.evaluate(() => (window as unknown as { change: Promise<number> }).change);
    },
  };
}
