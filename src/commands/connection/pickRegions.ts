import * as vscode from 'vscode';
import type { Profile } from '../../core/awsAccess';
import { partitionOf, regionsByPartition } from '../../core/partitions';
import { regionIdPattern } from '../../core/regions';
import { plainText } from '../../host/plainText';
import { partitionTitle, regionName } from '../../words/resourceWords';

interface RegionItem extends vscode.QuickPickItem {
  /** Absent for the title of a partition. */
  readonly region?: string;
}

/**
 * Asks for regions, one or several. Any can be typed; those that are known are offered by name and
 * partition, the profile's own first.
 */
export function pickRegions(profile: Profile | undefined): Promise<readonly string[] | undefined> {
  const pick = vscode.window.createQuickPick<RegionItem>();
  const offered = regionItems(profile?.region ?? process.env.AWS_REGION);
  pick.title = vscode.l10n.t('Connect to AWS (2 of 2): Regions');
  pick.placeholder = vscode.l10n.t('Which region? Check several to connect to each of them.');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = offered;
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = regionIdPattern.test(typed) && !offered.some(({ region }) => region === typed);
    const checked = pick.selectedItems;
    const kept = checked.filter((item) => !offered.includes(item));
    const own = isNew && !kept.some(({ region }) => region === typed) ? [typedItem(typed)] : [];
    pick.items = [...own, ...kept, ...offered];
    pick.selectedItems = checked;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const chosen = [pick.selectedItems, pick.activeItems].find((items) => items.length > 0);
      const regions = (chosen ?? firstFor(pick.value, pick.items)).flatMap(
        ({ region }) => region ?? [],
      );
      if (regions.length === 0) return;
      resolve(regions);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Nothing checked: the one on top, as in lists for one. VS Code puts the keyboard on none. */
function firstFor(text: string, items: readonly RegionItem[]): readonly RegionItem[] {
  const typed = text.trim().toLowerCase();
  const fits = ({ label, description = '', region }: RegionItem) =>
    region !== undefined && `${label} ${description}`.toLowerCase().includes(typed);
  return items.filter(fits).slice(0, 1);
}

function typedItem(region: string): RegionItem {
  return { label: plainText(region), description: partitionTitle(partitionOf(region)), region };
}

function regionItems(preferred: string | undefined): readonly RegionItem[] {
  const own =
    preferred !== undefined && regionIdPattern.test(preferred)
      ? [
          {
            label: preferred,
            description: [regionName(preferred), vscode.l10n.t("the profile's region")]
              .filter(Boolean)
              .join(' · '),
            region: preferred,
          },
        ]
      : [];
  const groups = regionsByPartition().flatMap(({ partition, regions }) => [
    { label: partitionTitle(partition), kind: vscode.QuickPickItemKind.Separator },
    ...regions
      .filter(({ id }) => id !== own[0]?.region)
      .map(({ id, name }) => ({ label: id, description: name, region: id })),
  ]);
  return [...own, ...groups];
}
