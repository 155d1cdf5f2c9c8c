// The process of the unit tests: `node --import tsx unitMain.mjs <files>`.
import { runMocha } from './mochaRun.mjs';

const failed = await runMocha(process.argv.slice(2));
// A server that a test forgot to close must not hang the run.
process.exit(failed === 0 ? 0 : 1);
