import { defineConfig } from '@playwright/test';
import ui from '../e2e/playwright.config';

export default defineConfig({ ...ui, testDir: '.', workers: 1 });
