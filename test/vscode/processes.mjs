// Child processes and progress lines, from Node alone.
import { spawn } from 'node:child_process';

/** A failure that is fully said by its sentence: printed without a stack. */
export class PlainError extends Error {}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] keep the output and show it only on failure
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output` is both streams, and
 *   both texts are empty unless `quiet`. A command ended by a signal has code 1.
 */
export function run(command, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let stdout = '';
    let output = '';
    child.stdout?.on('data', (/** @type {Buffer} */ data) => {
      stdout += data.toString();
      output += data.toString();
    });
    child.stderr?.on('data', (/** @type {Buffer} */ data) => (output += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}

/**
 * Like {@link run}, quiet, and a failure is an exception that carries the output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<RunOptions, 'quiet'>} [options]
 * @returns {Promise<string>} standard output
 */
export async function runOrThrow(command, args, options = {}) {
  const { code, stdout, output } = await run(command, args, { ...options, quiet: true });
  if (code !== 0) {
    throw new PlainError(
      `"${[command, ...args].join(' ')}" failed with code ${code}:\n${output.trim()}`,
    );
  }
  return stdout;
}

/**
 * npm, by the very copy that started us where there is one: on Windows `npm` is a .cmd file, which
 * Node refuses to spawn without a shell.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return runOrThrow(process.execPath, [cli, ...args], { cwd });
  return runOrThrow('npm', args, { cwd });
}

/**
 * Says what is being done before a long step and how long it took after it.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const started = Date.now();
  console.error(`▸ ${what} …`);
  const result = await work();
  console.error(`  done in ${seconds(Date.now() - started)}`);
  return result;
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Runs a script's main function: a PlainError is a sentence and exit code 1 (or its own `code`).
 * @param {() => Promise<void>} main
 */
export function runMain(main) {
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ])) {
    // Not left to the default, which skips what `exit` cleans up; whoever waits for the signal ends in order.
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + number);
    });
  }
  main().catch((/** @type {unknown} */ error) => {
    console.error(error instanceof PlainError ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  });
}

/** A command line that we do not understand. */
export class UsageError extends PlainError {}
