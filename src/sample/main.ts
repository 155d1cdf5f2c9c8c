import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { SampleCredentials } from './sampleAccount';
import { startSampleAccount } from './sampleAccount';
import type { SampleState } from './state';
import { readState } from './state';

// The sample account by itself, so that it outlives the window that is tested against it:
//   main.js [--port N] [--access-key-id ID] [--secret-access-key KEY] [--seed file.json]

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'access-key-id': { type: 'string' },
      'secret-access-key': { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const account = await startSampleAccount({
    port: Number(values.port),
    credentials: credentialsOf(values['access-key-id'], values['secret-access-key']),
    seed: values.seed === undefined ? undefined : await readSeed(values.seed),
  });
  const { accessKeyId, secretAccessKey } = account.credentials;
  process.stdout.write(
    `${account.endpoint}\n` +
      `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n` +
      `AWS_REGION=${account.region}\n`,
  );
}

function credentialsOf(
  id: string | undefined,
  secret: string | undefined,
): SampleCredentials | undefined {
  if (id === undefined && secret === undefined) return undefined;
  if (id === undefined || secret === undefined) {
    throw new Error('--access-key-id and --secret-access-key go together.');
  }
  return { accessKeyId: id, secretAccessKey: secret };
}

async function readSeed(path: string): Promise<SampleState> {
  const state = readState(await readFile(path, 'utf8'));
  if (!state) throw new Error(`${path} does not hold the state of a sample account.`);
  return state;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
