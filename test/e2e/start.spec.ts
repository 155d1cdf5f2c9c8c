import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readUnderTest } from '../vscode/underTest.mjs';
import { Workbench } from './fixtures/workbench';

test('npm start ends with the tree of the sample account', async ({ page }) => {
  const script = path.join(__dirname, '../vscode/start.mjs');
  const { version } = readUnderTest();
  const start = spawn(process.execPath, [script, '--no-open', '--vscode', version]);
  let output = '';
  start.stdout.on('data', (data: Buffer) => (output += data.toString()));
  start.stderr.on('data', (data: Buffer) => (output += data.toString()));
  try {
    await expect.poll(() => output, { timeout: 300_000 }).toContain('Ctrl+C ends it.');
    const url = /http:\/\/127\.0\.0\.1:\S+/.exec(output)?.[0];
    expect(url).toBeDefined();
    await page.goto(url ?? '');
    const workbench = new Workbench(page);
    await expect(workbench.row(/Sample Account/)).toBeVisible({ timeout: 120_000 });
    await expect(workbench.row('SQS queues')).toBeVisible();
    await page.goto('about:blank');
  } finally {
    const ended = once(start, 'exit');
    start.kill('SIGTERM');
    await ended;
  }
});
