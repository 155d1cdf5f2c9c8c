import * as vscode from 'vscode';
import { identifyResource } from '../../core/resourceIdentifier';
import { shortText } from '../../host/plainText';
import { identifierWords, targetWords } from '../../words/identifierWords';
import type { CommandDeps } from '../deps';
import { goToResource } from './goToResource';

/**
 * Follows a link such as `vscode://resource-policies.aws-resource-policies/open?arn=…`. Whoever made
 * it is not known: nothing is asked of AWS before the person has said yes.
 */
export async function openLink(deps: CommandDeps, uri: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const arn = new URLSearchParams(uri.query).get('arn') ?? '';
  if (uri.path !== '/open' || arn === '') {
    deps.reporter.warn(t('The link is not understood: it must end with "/open?arn=…".'));
    return;
  }
  const identified = identifyResource(arn);
  if (identified.state !== 'found') {
    const why = 'problem' in identified ? identifierWords(identified.problem) : '';
    deps.reporter.warn(t('The link does not name a resource. {0}', why));
    return;
  }
  const [first] = identified.candidates;
  const yes = t('Go to Resource');
  const choice = await vscode.window.showInformationMessage(
    t('Follow a link to a policy?'),
    {
      modal: true,
      detail: shortText([first ? targetWords(first.target) : '', arn].join(' — '), 600),
    },
    yes,
  );
  if (choice === yes) await goToResource(deps, arn);
}
