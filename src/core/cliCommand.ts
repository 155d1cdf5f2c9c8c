import { isRecord } from './resource';

/** Which credentials a command uses, and where. */
export interface CliPlace {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
}

export type CallInput = Readonly<Record<string, unknown>>;

/**
 * The command of the AWS CLI (version 2) that makes a call of the SDK, for a POSIX shell.
 * `operation` as IAM names it (`lambda:AddPermission`), `input` with the SDK's names.
 */
export function cliCommand(operation: string, input: CallInput, place: CliPlace): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  // The CLI would read the file that a value beginning so names, and send what stands in it.
  const options = given.some(([, value]) => namesFile(value))
    ? [['--cli-input-json', quote(JSON.stringify(input))]]
    : given.map(([name, value]) => option(name, value));
  return command(operation, options, place);
}

/**
 * The same for the log, which holds no policies and no tokens: in place of a text that is left out
 * stands the name of a file that would hold it, and after the command its size.
 */
export function cliLogLine(operation: string, input: CallInput, place: CliPlace): string {
  const notes: string[] = [];
  const withheld = (file: string, content: string) => {
    notes.push(`${file}: ${new TextEncoder().encode(content).length} bytes`);
    return `file://${file}`;
  };
  const options = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (secretInputs.has(name)) return [optionName(name), quote('***')];
      if (typeof value === 'string' && name === 'Policy') {
        return [optionName(name), withheld('policy.json', value)];
      }
      if (isRecord(value) && isText(value.Policy) && value.Policy !== '') {
        return [optionName(name), withheld('attributes.json', JSON.stringify(value))];
      }
      return option(name, value);
    });
  const line = command(operation, options, place);
  return notes.length > 0 ? `${line} # ${notes.join(', ')}` : line;
}

/** What lets whoever knows it in. */
const secretInputs: ReadonlySet<string> = new Set([
  'EventSourceToken',
  'ExternalId',
  'TokenCode',
  'WebIdentityToken',
]);

/** A text as one word of a POSIX shell; left as it is where every shell takes it so. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

function command(
  operation: string,
  options: readonly (readonly string[])[],
  { region, profile, endpoint }: CliPlace,
): string {
  const [service = '', name = ''] = operation.split(':');
  const words = [['aws', service, kebabCase(name)], ...options];
  // Without it the CLI goes on to ask for the pages after the one that this call asks for.
  if (name.startsWith('List')) words.push(['--no-paginate']);
  const place = { Profile: profile, Region: region, EndpointUrl: endpoint };
  for (const [key, value] of Object.entries(place)) {
    if (value !== undefined) words.push(option(key, value));
  }
  return words.flat().join(' ');
}

/** `--name value`, `--name=-value`, `--no-name`. */
function option(name: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? optionName(name) : `--no-${kebabCase(name)}`];
  const words = wordsOf(value);
  const [only = ''] = words;
  // It would be taken for an option itself.
  if (words.length === 1 && only.startsWith('-')) return [`${optionName(name)}=${only}`];
  return [optionName(name), ...words];
}

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [quote(value)];
  if (Array.isArray(value) && value.length > 0 && value.every(isPlainItem)) return value.map(quote);
  return [quote(JSON.stringify(value))];
}

/** What the CLI takes as an item of a list as it stands; others go into a list in JSON. */
function isPlainItem(item: unknown): item is string {
  return isText(item) && /^[A-Za-z0-9_*][A-Za-z0-9_.:*-]*$/.test(item);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function namesFile(value: unknown): boolean {
  return isText(value) && /^fileb?:\/\//.test(value);
}

function optionName(name: string): string {
  return `--${kebabCase(name)}`;
}

/** As the CLI does it: `AWSAccountIds` → `aws-account-ids`, `PrincipalOrgID` → `principal-org-id`. */
function kebabCase(name: string): string {
  const known = kebabCases.get(name);
  if (known !== undefined) return known;
  const found = name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  kebabCases.set(name, found);
  return found;
}

/** Names of operations and of their inputs: few, but asked for with every call of an audit. */
const kebabCases = new Map<string, string>();
