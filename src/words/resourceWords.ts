import { l10n } from 'vscode';
import type { PartitionId } from '../core/partitions';
import type { PolicyProblem } from '../core/policy';
import { regions } from '../core/regions';
import type { Listed, ResourceKind } from '../core/resource';
import { qualifiedNameOf } from '../core/resource';

/** The title of the group of a kind, also used where a kind is picked. */
export function kindTitle(kind: ResourceKind): string {
  switch (kind) {
    case 'lambdaFunction':
      return l10n.t('Lambda functions');
    case 'layerVersion':
      return l10n.t('Lambda layers');
    case 'sqsQueue':
      return l10n.t('SQS queues');
  }
}

/** A resource with what it is: `function orders, alias live`. */
export function resourceWords(listed: Listed): string {
  switch (listed.kind) {
    case 'lambdaFunction':
      return functionWords(listed);
    case 'layerVersion':
      return l10n.t('layer {0}, version {1}', listed.layerName, listed.version);
    case 'layer':
      return l10n.t('layer {0}', listed.layerName);
    case 'sqsQueue':
      return l10n.t('queue {0}', listed.queueName);
  }
}

function functionWords(listed: Extract<Listed, { kind: 'lambdaFunction' }>): string {
  const { functionName, qualifier } = listed;
  switch (qualifier?.type) {
    case 'alias':
      return l10n.t('function {0}, alias {1}', functionName, qualifier.name);
    case 'version':
      return l10n.t('function {0}, version {1}', functionName, qualifier.name);
    case undefined:
      return l10n.t('function {0}', functionName);
  }
}

/** The title of a page about it. */
export function pageTitle(listed: Listed): string {
  return l10n.t('Policy: {0}', qualifiedNameOf(listed));
}

/** What is wrong with a text that should be a policy, and where. */
export function problemWords({ code, detail, line, column }: PolicyProblem): string {
  switch (code) {
    case 'syntax':
      return l10n.t(
        'not valid JSON: {0} at line {1}, column {2}',
        detail ?? '',
        String(line),
        String(column),
      );
    case 'tooDeep':
      return l10n.t('nested too deeply to be read');
    case 'notAnObject':
      return l10n.t('not a JSON object');
    case 'noStatements':
      return l10n.t('no "Statement" list at line {0}, column {1}', String(line), String(column));
  }
}

export function regionName(id: string): string | undefined {
  return regions.find((region) => region.id === id)?.name;
}

/** A partition as AWS calls it, for the title of its regions. */
export function partitionTitle(partition: PartitionId): string {
  const { t } = l10n;
  switch (partition) {
    case 'aws':
      return t('AWS');
    case 'aws-cn':
      return t('AWS in China (aws-cn)');
    case 'aws-us-gov':
      return t('AWS GovCloud (aws-us-gov)');
    case 'aws-eusc':
      return t('AWS European Sovereign Cloud (aws-eusc)');
    default:
      return t('Isolated regions ({0})', partition);
  }
}
