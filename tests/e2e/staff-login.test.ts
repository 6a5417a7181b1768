/** Staff sign in with the keyboard alone, in Chromium. */
import { expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser.ts';
import { startKiosk } from './kiosk.ts';

test('Enter signs in, and what was typed is gone', async () => {
  const kiosk = await startKiosk();
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser, kiosk.screens.staff);
    await page.getByLabel('PIN').waitFor();
    await page.locator('input').first().fill('sari');
    await page.getByLabel('PIN').fill('284619');
    await page.keyboard.press('Enter');
    await page.getByText('SARI (UJI)').first().waitFor();
    expect(await page.locator('input[type=password]').count()).toBe(0);
  } finally {
    await browser.close();
    await kiosk.stop();
  }
});
