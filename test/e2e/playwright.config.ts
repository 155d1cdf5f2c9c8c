import { defineConfig } from '@playwright/test';
import { readUnderTest } from '../vscode/underTest.mjs';

const { browser } = readUnderTest();

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  // The workbench and its extension host keep two processors busy by themselves.
  workers: 1,
  // No retries: a test that fails now and then has a cause, in the test or in the product.
  retries: 0,
  // Generous: that a machine is busy is no failure.
  timeout: 600_000,
  expect: { timeout: 45_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: 'chromium',
    launchOptions: browser,
    actionTimeout: 45_000,
    viewport: { width: 1400, height: 1200 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    // Recording a trace takes as much of the machine as VS Code itself; ask for it when needed.
    trace: process.env.UI_TRACE ? 'on' : 'off',
  },
});
