import type { Session } from './ledger';

/** What a credential process does. */
export type ProcessAnswer =
  | { readonly type: 'session'; readonly session: Session }
  /** Keys that do not end. */
  | { readonly type: 'keys'; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly type: 'text'; readonly text: string }
  /** Says nothing for a minute, and exits with 1 then. */
  | { readonly type: 'hang' }
  | { readonly type: 'exit'; readonly code: number; readonly stderr?: string };

/**
 * `node main.cjs NAME`: does what NAME.json beside it says, and counts its runs in NAME.runs. A
 * text, not a file of the repository, so that it is found wherever the tests are bundled to.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export const processScript = `
const fs = require('node:fs');
const path = require('node:path');
const place = (name) => path.join(__dirname, name);
const name = process.argv[2];
const note = (file) => fs.appendFileSync(place(file), process.pid + '\\n');
const answer = JSON.parse(fs.readFileSync(place(name + '.json'), 'utf8'));
if (answer.type === 'hang') note('hanging');
note(name + '.runs');
const print = (keys) => process.stdout.write(JSON.stringify({ Version: 1, ...keys }) + '\\n');
switch (answer.type) {
  case 'session': {
    const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } = answer.session;
    print({
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
      AccountId: accountId,
    });
    break;
  }
  case 'keys':
    print({ AccessKeyId: answer.accessKeyId, SecretAccessKey: answer.secretAccessKey });
    break;
  case 'text':
    process.stdout.write(answer.text);
    break;
  case 'hang':
    setTimeout(() => process.exit(1), 60_000);
    break;
  case 'exit':
    process.stderr.write(answer.stderr ?? '');
    process.exitCode = answer.code;
}
`;
