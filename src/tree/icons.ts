import * as vscode from 'vscode';
import { audienceOf } from '../core/principals';
import type { Listed, ResourceKind } from '../core/resource';
import type { Statement } from '../core/statement';

export function groupIcon(kind: ResourceKind): string {
  switch (kind) {
    case 'lambdaFunction':
      return 'symbol-function';
    case 'layerVersion':
      return 'layers';
    case 'sqsQueue':
      return 'inbox';
  }
}

export function resourceIcon(listed: Listed): string {
  switch (listed.kind) {
    case 'lambdaFunction':
      return { none: 'symbol-function', alias: 'tag', version: 'git-commit' }[
        listed.qualifier?.type ?? 'none'
      ];
    case 'layer':
      return 'layers';
    case 'layerVersion':
      return 'git-commit';
    case 'sqsQueue':
      return 'inbox';
  }
}

/** One icon per kind of principal; a Deny has its own, and "everyone" stands out. */
export function statementIcon(statement: Statement): vscode.ThemeIcon {
  if (statement.effect === 'Deny') {
    return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('charts.red'));
  }
  switch (audienceOf(statement)) {
    case 'everyone':
      return new vscode.ThemeIcon('globe', new vscode.ThemeColor('list.warningForeground'));
    case 'organization':
      return new vscode.ThemeIcon('organization');
    case 'account':
      return new vscode.ThemeIcon('account');
    case 'service':
      return new vscode.ThemeIcon('zap');
    case 'nobody':
      return new vscode.ThemeIcon('question');
  }
}
