/** The desk's page in Chromium, shown every state by the real server: legible, reachable, safe, and back after a break. */
import { AxeBuilder } from '@axe-core/playwright';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeskStatus } from '../../src/flows/status.ts';
import { createDeskDoor } from '../../src/ui/server/desk-door.ts';
import { startServer, type UiServer } from '../../src/ui/server/server.ts';
import { type ScriptedDesk, scriptBench, scriptDesk } from '../ui/scripted-desk.ts';
import { card, closed, idle, troubled, works } from '../ui/statuses.ts';
import { heading, launchBrowser, openPage } from './browser.ts';
import { actionHeights, faintTexts, tooWide } from './look.ts';

const key = 'test-key-of-this-boot';
const photo = await sharp({ create: { width: 150, height: 200, channels: 3, background: '#a3161c' } })
  .jpeg()
  .toBuffer();

let browser: Browser;
let desk: ScriptedDesk;
let server: UiServer;
/** One for all tests, which each load it from a server of their own: a page costs more than a load. */
let page: Page;
let errors: string[];

async function serve(port = 0, secret = key): Promise<UiServer> {
  const started = await startServer({
    host: '127.0.0.1',
    port,
    doors: [
      createDeskDoor({
        key: secret,
        desk,
        photo: (id) => (id === 'case-1' ? photo : undefined),
        fees: undefined,
        bench: scriptBench(),
      }),
    ],
    log: pino({ level: 'silent' }),
  });
  if (!started.ok) throw new Error(started.failure.code);
  return started.value;
}

beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser, 'about:blank'));
  page.setDefaultTimeout(10_000);
});
afterAll(() => browser.close());

beforeEach(async () => {
  desk = scriptDesk();
  server = await serve();
  await page.goto('about:blank'); // the next server may get the port of the last, and a URL as it was loads nothing
  await page.goto(server.addresses[0]!);
  await heading(page).waitFor();
  await page.emulateMedia({ colorScheme: 'light' });
  errors.length = 0;
});
afterEach(() => server.close());

const says = (text: string) => heading(page).filter({ hasText: text }).waitFor();
const button = (name: string) => page.getByRole('button', { name, exact: true });

/** Shows a status and waits until the page has painted it. */
async function show(status: DeskStatus): Promise<void> {
  desk.show(status);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
}

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
  { width: 1280, height: 800 },
];

const statuses: Record<string, DeskStatus> = {
  ...Object.fromEntries(Object.entries(works).map(([name, work]) => [name, { ...idle, work }])),
  closed,
  troubled,
};

describe('every state', () => {
  it('passes axe', async () => {
    for (const [index, [name, status]] of Object.entries(statuses).entries()) {
      await show(status);
      // Its source is half a megabyte, and stays in the page.
      const source = index === 0 ? {} : { axeSource: ';' };
      // Contrast is measured below, and stricter. Legacy mode: there are no frames to look into.
      const axe = new AxeBuilder({ page, ...source }).setLegacyMode().options({
        resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled: false } },
      });
      const { violations } = await axe.analyze();
      expect({ name, violations: violations.map(({ id, nodes }) => [id, nodes[0]?.html]) }).toEqual({
        name,
        violations: [],
      });
    }
  });

  it.each([
    ['Indonesia', 'light', SIZES],
    ['English', 'light', SIZES],
    ['Indonesia', 'dark', SIZES.slice(-1)], // other colours, the same places
  ] as const)(
    'is legible, fits and has main actions of 16 mm (%s, %s)',
    async (language, colorScheme, sizes) => {
      await page.emulateMedia({ colorScheme });
      await button(language).click();
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (const [name, status] of Object.entries(statuses)) {
          await show(status);
          const found = { name, faint: await faintTexts(page, 10), wide: await tooWide(page) };
          expect(found).toEqual({ name, faint: [], wide: [] });
          for (const [action, height] of Object.entries(await actionHeights(page))) {
            expect(Math.round(height * 100) / 100, action).toBeGreaterThanOrEqual(16);
          }
        }
      }
    },
  );
});

describe('the officer', () => {
  it('can do everything with the keyboard', async () => {
    const press = async (name: string) => {
      for (let tabs = 0; tabs < 40; tabs += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
        if (focused === name) return page.keyboard.press('Enter');
      }
      throw new Error(`no way to ${name}`);
    };
    await press('Periksa di pembaca baru');
    await expect.poll(() => desk.asked.at(-1)).toMatchObject({ type: 'verify', reader: 'new' });

    desk.showWork(works.verified);
    await says('Terverifikasi');
    await press('Aktifkan kartu');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('Aktifkan kartu');
    await press('Ya, aktifkan');
    await expect.poll(() => desk.asked.at(-1)).toEqual({ type: 'activate', by: 'desk' });
  });

  it('does not activate by a double press', async () => {
    desk.showWork(works.verified);
    await button('Aktifkan kartu').dblclick();
    await page.getByRole('dialog').waitFor();
    expect(desk.asked).toEqual([]);
    await page.getByRole('dialog').getByText('SRI "ENDAH" WAHYUNI').waitFor();
  });

  it('loses the question about an activation when the card leaves', async () => {
    desk.showWork(works.verified);
    await button('Aktifkan kartu').click();
    await page.getByRole('dialog').waitFor();
    desk.showWork({ ...works.verified, canActivate: false });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Kartu sudah terangkat').waitFor();
    await button('Periksa lagi').click();
    await expect.poll(() => desk.asked).toEqual([{ type: 'retry', by: 'desk' }]);
  });

  it('goes from one card to the next by one press', async () => {
    desk.showWork(works['verified-active']);
    await button('Kartu berikutnya').click();
    await expect.poll(() => desk.asked.map(({ type }) => type)).toEqual(['finish']);
    // The scripted desk stays where it is, so the second wish is refused by the server, and that is said.
    await page.getByRole('alert').getByText('Belum dapat dilakukan').waitFor();
  });

  it('is told in words why the kiosk refuses', async () => {
    desk.refuse({ code: 'DESK-SAM-OTHER' });
    await button('Periksa di pembaca baru').click();
    await page.getByText('SAM di pembaca bukan SAM yang terdaftar').waitFor();
    await button('Tutup pesan').click();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('reads English at a touch; nothing of it is stored', async () => {
    await button('English').click();
    await says('Whose card shall we check?');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    await page.reload();
    await says('Kartu siapa yang kita periksa?');
  });
});

describe('the photo', () => {
  it('shows while the rest is still being read, and is gone with the case', async () => {
    desk.showWork(works.reading);
    const shown = page.getByRole('img', { name: 'Foto pada cip' });
    await shown.waitFor();
    const address = await shown.getAttribute('src');
    expect(address).toMatch(/^blob:/);
    desk.showWork(works.idle);
    await shown.waitFor({ state: 'detached' });
    const kept = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      address ?? '',
    );
    expect(kept).toBe(false);
  });

  it('is not an empty frame when its case is gone', async () => {
    desk.showWork({ ...works.reading, photoId: 'case-0' });
    await page.getByText('Foto pada cip tidak dapat ditampilkan').waitFor();
  });
});

describe('when the line drops', () => {
  it('says so, takes no wish, and shows what has happened since', async () => {
    const port = Number(new URL(server.addresses[0]!).port);
    await server.close();
    await page.getByText('Sambungan ke anjungan terputus').waitFor();
    expect(await button('Periksa di pembaca baru').isDisabled()).toBe(true);

    desk.showWork(works['awaiting-finger']);
    server = await serve(port);
    await says('Tempelkan telunjuk kanan atau kiri');
    expect(await page.getByText('Sambungan ke anjungan terputus').count()).toBe(0);
  });

  it('and the kiosk comes back with another key, asks for the new address', async () => {
    const port = Number(new URL(server.addresses[0]!).port);
    desk.showWork(works.verified);
    await says('Terverifikasi');
    await server.close();
    server = await serve(port, 'key-of-the-next-boot');
    await says('Alamat ini tidak berlaku lagi');
    expect(await page.getByText('WAHYUNI').count()).toBe(0);
  });
});

it('a page without the key shows nothing of the desk', async () => {
  desk.showWork(works.verified);
  const { page: stranger } = await openPage(browser, new URL(server.addresses[0]!).origin);
  await heading(stranger).filter({ hasText: 'Alamat ini tidak berlaku lagi' }).waitFor();
  expect(await stranger.getByText('WAHYUNI').count()).toBe(0);
  await stranger.context().close();
});

it('script in a name stays a name', async () => {
  const nama = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const biodata = { ...card.biodata!, nama };
  desk.showWork({ ...works.verified, card: { ...card, biodata } });
  await page.getByText(nama, { exact: true }).waitFor();
  expect(await page.title()).toBe('Anjungan · Meja aktivasi KTP-el');
  expect(errors).toEqual([]);
});

it('the drawer lays cards and presses fingers, and folds away', async () => {
  const drawer = page.getByRole('complementary', { name: 'Perangkat virtual' });
  await drawer.getByRole('button', { name: 'Letakkan Palsu: foto diubah di pembaca lama' }).click();
  await drawer.getByRole('listitem').filter({ hasText: 'Angkat' }).getByText('Palsu: foto diubah').waitFor();
  await drawer.getByRole('button', { name: /Bench/ }).click();
  expect(await drawer.getByRole('button', { name: /Letakkan/ }).count()).toBe(0);
});
