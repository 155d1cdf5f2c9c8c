import { l10n } from 'vscode';
import type { CopyNote } from '../core/copyAs/subject';
import { statementTitle } from './statementWords';

/** A remark on what was copied: a sentence that becomes a comment above it. */
export function copyNoteWords(note: CopyNote): string {
  switch (note.code) {
    case 'replacesPolicy':
      return l10n.t('This writes the whole policy: it replaces every statement that is there.');
    case 'notBesidePermissions':
      return l10n.t(
        'The policy cannot be expressed by single permissions. Do not use this beside resources that add single permissions to the same function.',
      );
    case 'removal':
      return note.statementId === undefined
        ? l10n.t('The policy is removed: delete the resource that defines it.')
        : l10n.t('"{0}" is removed: delete the resource that defines it.', note.statementId);
    case 'statementIdNotKept':
      return l10n.t('CloudFormation makes up the statement ID (Sid) itself.');
    case 'notExpressible':
      return l10n.t(
        '"{0}" cannot be expressed: no call that adds one permission writes such a statement.',
        statementTitle(note.statement),
      );
    case 'notWellFormed':
      return l10n.t('The policy is not well-formed and cannot be expressed here.');
  }
}
