import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ConfigReading, Profile } from '../../core/awsAccess';
import type { ConfigPlace } from '../../core/errors';
import type { CredentialSource } from '../../core/profileChain';
import { plainText } from '../../host/plainText';
import { placeWords } from '../../words/configWords';
import { failureWords } from '../../words/failureWords';
import type { CommandDeps } from '../deps';

export interface PickedProfile {
  /** Absent: the SDK's default chain. */
  readonly profile?: Profile;
}

interface ProfileItem extends vscode.QuickPickItem {
  readonly choice?: PickedProfile;
  /** What choosing it shows instead. */
  readonly place?: ConfigPlace;
}

/** Asks for a profile of the AWS config files. What these say that cannot be understood comes first. */
export async function pickProfile(
  { aws }: CommandDeps,
  title: string,
): Promise<PickedProfile | undefined> {
  const items = (async () => profileItems(await (await aws()).config()))();
  const picked = await vscode.window.showQuickPick(items, {
    title: plainText(title),
    placeHolder: vscode.l10n.t('Which profile of the AWS config files?'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked?.place) await showPlace(picked.place);
  return picked?.choice;
}

/** The line that cannot be understood, to mend it. */
async function showPlace({ path, line }: ConfigPlace): Promise<void> {
  const file = path.startsWith('~') ? homedir() + path.slice(1) : path;
  const place = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), {
    selection: new vscode.Range(place, place),
  });
}

export function profileItems({ profiles, problems, failures }: ConfigReading): ProfileItem[] {
  const standard: ProfileItem = {
    label: vscode.l10n.t('Default credentials'),
    description: vscode.l10n.t('environment, default profile, container or instance role'),
    choice: {},
  };
  return [
    ...failures.map((failure) => note(failureWords(failure).reason)),
    // One shows where to look; all would hide the profiles.
    ...problems.slice(0, 3).map((place) => ({ ...note(placeWords(place)), place })),
    ...profiles.map((profile) => ({
      label: plainText(profile.name),
      description: plainText(describe(profile)),
      choice: { profile },
    })),
    standard,
  ];
}

function note(words: string): ProfileItem {
  return { label: `$(warning) ${plainText(words)}` };
}

function describe({ region, source }: Profile): string {
  return [region, source ? sourceWords(source) : vscode.l10n.t('no credentials')]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function sourceWords(source: CredentialSource['type']): string {
  const { t } = vscode.l10n;
  switch (source) {
    case 'keys':
      return t('access key');
    case 'assumeRole':
      return t('role');
    case 'webIdentity':
      return t('web identity');
    case 'sso':
      return t('single sign-on');
    case 'login':
      return t('console sign-in');
    case 'process':
      return t('process');
    case 'environment':
      return t('environment');
    case 'container':
      return t('container');
    case 'instance':
      return t('instance');
  }
}
