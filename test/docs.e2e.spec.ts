import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { type Lotse, startLotse } from './support/lotse';

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
// The page must be seen in a browser; where none is installed the test is reported as skipped.
const inBrowser = browser ? it : it.skip;

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

it('serves both contracts, made from the same operations', async () => {
  const [newer, older] = await Promise.all(
    ['/openapi.json', '/openapi-3.0.json'].map(async (path) => (await fetch(lotse.url + path)).json()),
  );
  expect(newer.openapi).toBe('3.1.0');
  expect(older.openapi).toBe('3.0.3');
  expect(Object.keys(older.paths)).toEqual(Object.keys(newer.paths));
});

inBrowser(
  'shows the API reference without any outside host',
  async () => {
    const chrome = await chromium.launch({
      executablePath: browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    try {
      const page = await chrome.newPage({ viewport: { width: 1280, height: 900 } });
      const asked: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(String(error)));
      page.setDefaultTimeout(120_000);
      await page.goto(`${lotse.url}/docs`);
      await page.waitForSelector('.opblock');
      expect(await page.title()).toBe('Lotse API reference');
      // Only what is near the visible part is drawn: one tag at a time shows all of its operations.
      for (const tag of ['Consent', 'Staff']) {
        await page.fill('.operation-filter-input', tag);
        const all = Object.values(lotse.document.paths)
          .flatMap((path) => Object.values(path as Record<string, { tags: string[] }>))
          .filter(({ tags }) => tags.includes(tag)).length;
        await page.waitForFunction(`document.querySelectorAll('.opblock').length === ${all}`);
        expect(all).toBeGreaterThan(2);
      }
      await page.locator('.opblock').first().click();
      await page.waitForSelector('.opblock-body');
      if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
      expect([...new Set(asked)]).toEqual([lotse.url]);
      expect(faults).toEqual([]);
    } finally {
      await chrome.close();
    }
  },
  300_000,
);
