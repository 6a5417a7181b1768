/**
 * The desk's first screen against the real kiosk on its bench: pcscd, readers, chip, SAM, old reader, sensor,
 * store and flows, and an officer who works the page in Chromium. The bench is worked through its drawer.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { heading, launchBrowser, openPage } from './browser.ts';
import { type RunningKiosk, startKiosk } from './kiosk.ts';

/** A read of the old reader may wait for a card in rounds of some seconds. */
const patience = 20_000;

let kiosk: RunningKiosk;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  kiosk = await startKiosk();
  browser = await launchBrowser();
  ({ page, errors } = await openPage(browser, kiosk.address));
  page.setDefaultTimeout(patience);
});
afterAll(async () => {
  await browser?.close();
  await kiosk?.stop();
});
/** No case open, no card on a reader. */
beforeEach(async () => {
  onTestFailed(async () => {
    console.log(
      `the page shows:\n${await page.locator('body').innerText()}\nthe kiosk says:\n${kiosk.log()}`,
    );
  });
  await says('Kartu siapa yang kita periksa?');
  for (const reader of ['Pembaca baru', 'Pembaca lama']) {
    if (!(await onReader(reader).getByText('kosong').isVisible())) await pull(reader);
  }
});

const says = (text: string | RegExp) => heading(page).filter({ hasText: text }).waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
async function closeCase(): Promise<void> {
  await press('Tutup kasus');
  await says('Kartu siapa yang kita periksa?');
}

const drawer = () => page.getByRole('complementary', { name: 'Perangkat virtual' });

/** The drawer's line of a reader: what lies on it. */
const onReader = (name: string) => page.locator('.drawer-readers li').filter({ hasText: name });

async function lay(person: string, card: string, reader: string): Promise<void> {
  await drawer().getByRole('button', { name: person, exact: true }).click();
  await drawer()
    .getByRole('button', { name: `Letakkan ${card} di ${reader}`, exact: true })
    .click();
  await noticed(reader, 'kartu terpasang');
}

/** An officer goes on when the desk shows the card; a hand is slower than pcscd, which looks every 0.4 s. */
async function noticed(reader: string, state: string): Promise<void> {
  // The old reader cannot tell whether a card lies on it.
  if (/lama/.test(reader)) return;
  await page.locator('.devices li').filter({ hasText: 'Pembaca baru' }).getByText(state).waitFor();
}

async function pull(reader: string): Promise<void> {
  await onReader(reader).getByRole('button', { name: 'Angkat' }).click();
  await onReader(reader).getByText('kosong').waitFor();
  await noticed(reader, 'kosong');
}

async function pressFinger(person: string, finger: string, impression: number): Promise<void> {
  await drawer().getByRole('button', { name: person, exact: true }).click();
  await drawer()
    .getByRole('button', { name: `Tekan ${finger} ${person}, cap ${impression}`, exact: true })
    .click();
}

describe('the desk', () => {
  it('verifies a holder, activates the card and tries it on both readers', async () => {
    await lay('endah', 'Tipe B, generasi baru', 'pembaca baru');
    await press('Periksa di pembaca baru');

    const photo = page.getByRole('img', { name: 'Foto pada cip' });
    await photo.waitFor();
    await says('Tempelkan telunjuk kanan atau kiri');
    expect(await photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
    await page.getByText('SRI "ENDAH" WAHYUNI', { exact: true }).waitFor();
    await page.getByText('dibuktikan oleh SAM').waitFor();

    await pressFinger('endah', 'telunjuk kanan', 2);
    await says('Terverifikasi');
    await press('Aktifkan kartu');
    await press('Ya, aktifkan');
    await says('Kartu aktif');
    await page.getByText('cip menyatakan aktif').waitFor();
    await page.getByText('dalam antrean, dengan bukti').waitFor();

    await press('Bandingkan pembaca');
    const row = (reader: string) => page.getByRole('row').filter({ hasText: reader });
    await row('Pembaca baru').getByText('Terbaca', { exact: true }).waitFor();
    await row('Pembaca lama').getByText('Letakkan kartu di sini').waitFor();
    await lay('endah', 'Tipe B, generasi baru', 'pembaca lama');
    await row('Pembaca lama').getByText('Tidak terbaca').waitFor();
    await row('Pembaca lama').getByText('OLD-GENERATION-ONLY').waitFor();
    await says('Hasil perbandingan');
    await closeCase();
  });

  it('reads an old card on both readers', async () => {
    await lay('karto', 'Tipe B, generasi lama', 'pembaca baru');
    await press('Bandingkan pembaca');
    const readable = page.getByRole('row').getByText('Terbaca', { exact: true });
    await readable.first().waitFor();
    await lay('karto', 'Tipe B, generasi lama', 'pembaca lama');
    await says('Hasil perbandingan');
    expect(await readable.count()).toBe(2);
    await closeCase();
  });

  it('refuses a stranger’s finger with the reason, and takes the holder’s next', async () => {
    await lay('bagus', 'Tipe A, generasi baru', 'pembaca baru');
    await press('Periksa di pembaca baru');
    await says('Tempelkan telunjuk kanan atau kiri');
    await pressFinger('ketut', 'telunjuk kanan', 1);
    await page.getByText('Tersisa 3 percobaan').waitFor();
    await page.getByText('Percobaan 1:').waitFor();
    await says('Tempelkan telunjuk kanan atau kiri');
    await pressFinger('bagus', 'telunjuk kiri', 3);
    await says('Terverifikasi');
    await closeCase();
  });

  it('shows a forged card for what it is and does not offer to activate it', async () => {
    await lay('endah', 'Palsu: foto diubah', 'pembaca baru');
    await press('Periksa di pembaca baru');
    await page.getByText('Ditolak', { exact: true }).waitFor();
    await page.getByText('Tidak asli').waitFor();
    expect(await page.getByRole('button', { name: 'Aktifkan kartu' }).count()).toBe(0);
    await closeCase();
  });

  it('says what to do when the card is lifted too early, and goes on from there', async () => {
    await lay('ketut', 'Tipe B, generasi baru, sudah aktif', 'pembaca baru');
    await press('Periksa di pembaca baru');
    await says('Tempelkan telunjuk kanan atau kiri');
    await pull('Pembaca baru');
    await page.getByText('Berhenti', { exact: true }).waitFor();
    await page.getByText('Yang dapat dilakukan').waitFor();
    await press('Ulangi');
    await says('Letakkan KTP-el di pembaca');
    await lay('ketut', 'Tipe B, generasi baru, sudah aktif', 'pembaca baru');
    await says('Tempelkan telunjuk kanan atau kiri');
    await pressFinger('ketut', 'telunjuk kanan', 2);
    await says('Terverifikasi');
    await page.getByText('Kartu ini sudah aktif.').waitFor();
    await closeCase();
  });

  it('lets the old reader verify a holder by itself, and says what it cannot tell', async () => {
    await lay('yosef', 'Tipe A, generasi lama', 'pembaca lama');
    await press('Periksa di pembaca lama');
    await says('Tempelkan telunjuk kanan');
    await pressFinger('yosef', 'telunjuk kanan', 2);
    await says('Terverifikasi');
    await page.getByText('YOSEF UJI COBA').waitFor();
    await page.getByText('Keaslian tidak diketahui').waitFor();
    await closeCase();
  });

  it('finds a finished card in the list, verifies and activates it, tries it on both readers and hands it over', async () => {
    const list = page.getByRole('region', { name: 'Kartu jadi' });
    const village = list.getByRole('row').filter({ hasText: 'SUKADAMAI' });
    await list.getByRole('button', { name: 'SUKADAMAI', exact: true }).click();
    const holder = list.getByRole('row').filter({ hasText: 'BAGUS' });
    await holder.getByText('menunggu diambil').waitFor();

    await lay('bagus', 'Tipe A, generasi baru', 'pembaca baru');
    await press('Periksa di pembaca baru');
    await says('Tempelkan telunjuk kanan atau kiri');
    await pressFinger('bagus', 'telunjuk kanan', 3);
    await says('Terverifikasi');
    await press('Aktifkan kartu');
    await press('Ya, aktifkan');
    await says('Kartu aktif');
    await press('Bandingkan pembaca');
    await lay('bagus', 'Tipe A, generasi baru', 'pembaca lama');
    await says('Hasil perbandingan');
    await press('Serahkan kartu');
    await says('Apakah ketiganya sama?');
    await press('Serahkan kartu');
    await page.getByText('Adakah yang meminta bayaran').waitFor();
    await press('Ada: buat laporan');
    await page.getByLabel('Saat mengambil kartu').check();
    await page.getByLabel('Sampai Rp 20.000').check();
    await press('Kirim laporan');
    await page.getByText('Laporan Anda sudah disegel').waitFor();
    await press('Sudah ditanya: serahkan');
    await says('Kartu diserahkan');
    await closeCase();
    await village.first().getByRole('cell', { name: '1', exact: true }).first().waitFor();
    await page.getByRole('region', { name: 'SUKADAMAI' }).getByText('Tidak ada kartu').waitFor();
  });

  it('sets a card aside whose print differs, and a supervisor is to decide', async () => {
    await lay('ketut', 'Tipe B, generasi baru, sudah aktif', 'pembaca baru');
    await press('Periksa di pembaca baru');
    await says('Tempelkan telunjuk kanan atau kiri');
    await pressFinger('ketut', 'telunjuk kanan', 2);
    await says('Terverifikasi');
    await press('Serahkan kartu');
    await says('Apakah ketiganya sama?');
    await page.getByLabel('Pekerjaan: Cetakan berbeda').check();
    expect(await page.getByRole('button', { name: 'Serahkan kartu' }).count()).toBe(0);
    await press('Sisihkan kartu');
    expect(await page.getByLabel('Isian berbeda').isChecked()).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Sisihkan kartu' }).click();
    await says('Kartu disisihkan');
    await page.getByText('Pekerjaan', { exact: false }).first().waitFor();
    await closeCase();
  });

  it('met no error on the page, not even a forbidden style', () => {
    expect(errors).toEqual([]);
  });
});
