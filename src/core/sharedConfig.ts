/** The texts of the two files; one that is not there is left out. */
export interface SharedConfigFiles {
  readonly config?: string;
  readonly credentials?: string;
}

/** Settings by name, in lower case. Those of a nested block are named `lambda.endpoint_url`. */
export type ConfigSection = ReadonlyMap<string, string>;

export interface SharedConfig {
  /** Of both files, merged by setting; where both have one, that of the credentials file counts. */
  readonly profiles: ReadonlyMap<string, ConfigSection>;
  readonly ssoSessions: ReadonlyMap<string, ConfigSection>;
  readonly services: ReadonlyMap<string, ConfigSection>;
  /** In the order of the lines, those of the config file first. */
  readonly problems: readonly ConfigProblem[];
}

/** A line that was not understood, or that does not do what it seems to. */
export interface ConfigProblem {
  readonly file: keyof SharedConfigFiles;
  /** From 1. */
  readonly line: number;
  readonly code: ConfigProblemCode;
  /**
   * The section's name as written, or the setting's, as the code says; never a value, and empty where
   * what stands in the place of a name may be a secret that was pasted.
   */
  readonly text: string;
}

export type ConfigProblemCode =
  /** `[profile a` without its bracket; what follows is passed over. Text: the section. */
  | 'sectionNotClosed'
  /** The first line before any section; all of them are passed over. Text: the setting, if it is one. */
  | 'textBeforeSection'
  /** A line that is no setting. Text: the section that it stands in. */
  | 'noEqualsSign'
  /** `= value`, `[]` or `[profile]`. Text: the section. */
  | 'emptyName'
  /** `[a]` in the config file, where profiles are called `[profile a]`. Text: the section. */
  | 'notAProfile'
  /** `[kind a]` of a kind that is not known. Text: the section. */
  | 'unknownSection'
  /** `[profile a]` and the like in the credentials file, where profiles are called `[a]`. Text: it. */
  | 'misplacedSection'
  /** `[default]` beside `[profile default]`, which counts alone. Text: the section. */
  | 'defaultTwice'
  /** A setting that is indented, and so continues the value above it. Text: the setting. */
  | 'settingInValue';

type Settings = Map<string, string>;
type Tell = (line: number, code: ConfigProblemCode, text: string) => void;

/** The settings to fill; or why the section is passed over, `undefined` when that is no problem. */
type Opened = Settings | ConfigProblemCode | undefined;

interface Found {
  readonly profiles: Map<string, Settings>;
  readonly ssoSessions: Map<string, Settings>;
  readonly services: Map<string, Settings>;
  /** `[default]` in the config file, and where it first stands. */
  plainDefault?: { readonly line: number; readonly settings: Settings };
}

interface OpenSection {
  readonly title: string;
  /** Absent in a section that is passed over. */
  readonly settings?: Settings;
  /** The last setting, which lines that are indented deeper belong to; empty: none yet. */
  key: string;
  indent: number;
}

/** Names with blanks are quoted in the config file; the CLI does so as a shell would. */
const quoted = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g;
const sectionLine = /^\[\s*((?:[\w-]+\s+)?(?:"(?:[^"\\]|\\.)*"|'[^']*')+\s*|[^\]]*)\]/;
const kinds = ['profile', 'sso-session', 'services'];
/** Settings of the CLI alone, which stand in sections without a kind. */
const cliSections = ['plugins', 'preview'];

/**
 * Reads the shared config and credentials files. Never throws: what is not understood becomes a
 * problem, and the rest counts. Where the guide is silent the AWS CLI decides (what is indented
 * deeper than a setting belongs to it), and where the CLI would refuse the file, the SDKs (sections
 * and settings may be repeated, the last counts; comments may follow a value after a blank). Names of
 * profiles may be anything.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseSharedConfig(files: SharedConfigFiles): SharedConfig {
  const found: Found = { profiles: new Map(), ssoSessions: new Map(), services: new Map() };
  const problems: ConfigProblem[] = [];
  readConfig(found, files.config ?? '', (line, code, text) =>
    problems.push({ file: 'config', line, code, text }),
  );
  problems.sort((one, other) => one.line - other.line);
  const { profiles, ssoSessions, services } = found;
  // Second, so that what it sets stands in place of what the config file has set.
  readFile(
    files.credentials ?? '',
    (title) => credentialsSection(found, title),
    (line, code, text) => problems.push({ file: 'credentials', line, code, text }),
  );
  return { profiles, ssoSessions, services, problems };
}

function readConfig(found: Found, text: string, tell: Tell): void {
  readFile(text, (title, line) => configSection(found, title, line), tell);
  const { profiles, plainDefault } = found;
  if (!plainDefault) return;
  if (profiles.has('default')) tell(plainDefault.line, 'defaultTwice', 'default');
  else profiles.set('default', plainDefault.settings);
}

function configSection(found: Found, title: string, line: number): Opened {
  const { kind, name } = partsOf(title);
  if (name.trim() === '' || (kind === undefined && kinds.includes(name))) return 'emptyName';
  switch (kind) {
    case 'profile':
      return settingsOf(found.profiles, name);
    case 'sso-session':
      return settingsOf(found.ssoSessions, name);
    case 'services':
      return settingsOf(found.services, name);
    case undefined:
      if (name !== 'default') return cliSections.includes(name) ? undefined : 'notAProfile';
      found.plainDefault ??= { line, settings: new Map() };
      return found.plainDefault.settings;
    default:
      return 'unknownSection';
  }
}

function credentialsSection({ profiles }: Found, title: string): Opened {
  const { kind } = partsOf(title);
  if (kind !== undefined && kinds.includes(kind)) return 'misplacedSection';
  const name = unquoted(title);
  return name.trim() === '' ? 'emptyName' : settingsOf(profiles, name);
}

function settingsOf(sections: Map<string, Settings>, name: string): Settings {
  const settings = sections.get(name) ?? new Map<string, string>();
  sections.set(name, settings);
  return settings;
}

function partsOf(title: string): { readonly kind?: string; readonly name: string } {
  const [, kind, name] = /^([\w-]+)\s+(.+)$/s.exec(title) ?? [];
  if (kind === undefined || name === undefined) return { name: unquoted(title) };
  return { kind, name: unquoted(name) };
}

function unquoted(name: string): string {
  if (name.replace(quoted, '') !== '') return name;
  return name.replace(quoted, (_, double?: string, single?: string) =>
    double === undefined ? (single ?? '') : double.replace(/\\(["\\])/g, '$1'),
  );
}

function readFile(text: string, open: (title: string, line: number) => Opened, tell: Tell): void {
  let section: OpenSection | undefined;
  let isTold = false;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    // This takes a byte order mark away too.
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    // What stands behind the brackets does not count, as in the CLI.
    const title = content.startsWith('[') ? sectionLine.exec(content)?.[1]?.trim() : undefined;
    if (title !== undefined) {
      const opened = open(title, index + 1);
      if (typeof opened === 'string') tell(index + 1, opened, shown(title));
      const settings = typeof opened === 'string' ? undefined : opened;
      section = { title, settings, key: '', indent: 0 };
    } else if (content.startsWith('[') && !(section && belongs(section, line))) {
      tell(index + 1, 'sectionNotClosed', shown(content.slice(1).trim()));
      section = { title: '', key: '', indent: 0 };
    } else if (section?.settings) {
      const problem = readSetting(section, section.settings, line);
      if (problem) tell(index + 1, ...problem);
    } else if (!section && !isTold) {
      isTold = true;
      tell(index + 1, 'textBeforeSection', settingIn(content));
    }
  }
}

/** Whether a line is indented deeper than the setting above it. */
function belongs(section: OpenSection, line: string): boolean {
  return section.key !== '' && indentOf(line) > section.indent;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function readSetting(
  section: OpenSection,
  settings: Settings,
  line: string,
): [ConfigProblemCode, string] | undefined {
  const isDeeper = belongs(section, line);
  const above = isDeeper ? settings.get(section.key) : undefined;
  if (above) {
    // To the end of the line: a command may go on here, in which `#` and `;` begin no comment.
    settings.set(section.key, `${above}\n${line.trim()}`);
    const name = settingIn(line.trim());
    return name === '' ? undefined : ['settingInValue', name];
  }
  if (!isDeeper) {
    section.key = '';
    section.indent = indentOf(line);
  }
  const content = withoutComment(line);
  const equals = content.indexOf('=');
  if (equals < 0) return ['noEqualsSign', shown(section.title)];
  const name = content.slice(0, equals).trim().toLowerCase();
  if (name === '') return ['emptyName', shown(section.title)];
  // What has a block in place of a value is the name of the block.
  if (isDeeper) settings.delete(section.key);
  else section.key = name;
  settings.set(isDeeper ? `${section.key}.${name}` : name, content.slice(equals + 1).trim());
  return undefined;
}

function withoutComment(line: string): string {
  const start = line.search(/\s[#;]/);
  return start < 0 ? line : line.slice(0, start);
}

/** The setting that a text begins with. A secret can have an equals sign, but not this form. */
function settingIn(content: string): string {
  return /^([a-z][a-z0-9_.-]{0,38})\s*=/.exec(content)?.[1] ?? '';
}

function shown(title: string): string {
  return title.includes('=') || title.length > 128 ? '' : title;
}
