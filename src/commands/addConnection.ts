import * as vscode from 'vscode';
import type { Profile } from '../core/awsAccess';
import { regionIdPattern, regions } from '../core/regions';
import { plainText } from '../host/plainText';
import { partitionWords, regionName } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { revealConnection } from './revealConnection';

interface ProfileItem extends vscode.QuickPickItem {
  /** Absent: the SDK's default chain. */
  readonly profile?: Profile;
}

interface RegionItem extends vscode.QuickPickItem {
  readonly region: string;
}

/** Asks for a profile and a region, and adds the connection to the settings. */
export async function addConnection(deps: CommandDeps): Promise<void> {
  const picked = await pickProfile(deps);
  if (!picked) return;
  const region = await pickRegion(picked.profile);
  if (region === undefined) return;
  const connection = await deps.connections.add({
    type: 'aws',
    profile: picked.profile?.name,
    region,
  });
  if (connection) await revealConnection(deps, connection.id);
}

async function pickProfile({ aws }: CommandDeps): Promise<ProfileItem | undefined> {
  const standard: ProfileItem = {
    label: vscode.l10n.t('Default credentials'),
    description: vscode.l10n.t('environment, default profile, container or instance role'),
  };
  const items = (async () => {
    const profiles = await (await aws()).profiles();
    return [
      ...profiles.map((profile): ProfileItem => ({
        label: plainText(profile.name),
        description: plainText(profile.region ?? ''),
        profile,
      })),
      standard,
    ];
  })();
  return vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Connect to AWS (1 of 2): Profile'),
    placeHolder: vscode.l10n.t('Which profile of the AWS config files?'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
}

/** Any region can be typed; those that are known are offered by name, the profile's own first. */
function pickRegion(profile: Profile | undefined): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<RegionItem>();
  const offered = regionItems(profile?.region ?? process.env.AWS_REGION);
  pick.title = vscode.l10n.t('Connect to AWS (2 of 2): Region');
  pick.placeholder = vscode.l10n.t('Which region?');
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = offered;
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = regionIdPattern.test(typed) && !offered.some(({ region }) => region === typed);
    pick.items = isNew ? [{ label: typed, region: typed }, ...offered] : offered;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.region);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function regionItems(preferred: string | undefined): readonly RegionItem[] {
  const own =
    preferred !== undefined && regionIdPattern.test(preferred)
      ? [{ id: preferred, name: regionName(preferred) ?? '' }]
      : [];
  const others = regions.filter(({ id }) => id !== preferred);
  return [...own, ...others].map(({ id, name }, index) => {
    const notes = [name, partitionWords(id)];
    if (index === 0 && own.length > 0) notes.push(vscode.l10n.t("the profile's region"));
    return { label: id, description: notes.filter(Boolean).join(' · '), region: id };
  });
}
