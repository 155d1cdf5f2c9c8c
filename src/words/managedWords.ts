import { l10n } from 'vscode';
import type { ManagedBy } from '../core/plan';

/** Who made a statement, and what becomes of a change to it: two sentences. */
export function managedWords({ tool, logicalId }: ManagedBy): string {
  switch (tool) {
    case 'cloudFormation':
      return logicalId === undefined
        ? l10n.t(
            'Made by CloudFormation: it comes back at the next update of that resource. Change the template too.',
          )
        : l10n.t(
            'Made by CloudFormation (logical ID {0}): it comes back at the next update of that resource. Change the template too.',
            logicalId,
          );
    case 'sam':
      return l10n.t(
        'Made by SAM (logical ID {0}), from an event or URL of a function: it comes back at the next update of that resource. Change the template too.',
        logicalId ?? '?',
      );
    case 'cdk':
      return l10n.t(
        'Made by CDK (logical ID {0}): it comes back at the next update of that resource. Change the app too.',
        logicalId ?? '?',
      );
    case 'serverless':
      return l10n.t(
        'Made by the Serverless Framework (logical ID {0}): it comes back at the next update of that resource. Change serverless.yml too.',
        logicalId ?? '?',
      );
    case 'terraform':
      return l10n.t(
        'Made by Terraform: it comes back at the next apply. Change the configuration too.',
      );
    case 'console':
      return l10n.t(
        'Made by the AWS console for a trigger, a function URL or an access form. What was set up there still counts on it.',
      );
    case 'apiGateway':
      return l10n.t(
        'Made by API Gateway for an integration. The API that calls the function still counts on it.',
      );
  }
}
