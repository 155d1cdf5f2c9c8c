import { l10n } from 'vscode';
import type { Failure } from '../core/errors';
import { credentialWords } from './credentialWords';

/** Why a call failed, and what a person can do about it. `reason` is short and fits after a colon. */
export interface FailureWords {
  readonly reason: string;
  readonly remedy: string;
}

/** Where it happened, as far as it is known. */
export interface FailureScene {
  readonly profile?: string;
  readonly region?: string;
}

export function failureWords(failure: Failure, scene: FailureScene = {}): FailureWords {
  return credentialWords(failure, scene) ?? transportWords(failure, scene) ?? serviceWords(failure);
}

/** A whole sentence: what failed, why, what to do. */
export function failureSentence(what: string, failure: Failure, scene?: FailureScene): string {
  const { reason, remedy } = failureWords(failure, scene);
  return l10n.t('{0}: {1}. {2}', what, withoutFullStop(reason), remedy);
}

/** For a sentence of ours around a reason that can end with words of AWS and their full stop. */
export function withoutFullStop(reason: string): string {
  return reason.replace(/\.$/, '');
}

function transportWords(failure: Failure, scene: FailureScene): FailureWords | undefined {
  switch (failure.code) {
    case 'cancelled':
      return { reason: l10n.t('cancelled'), remedy: l10n.t('Refresh to try again.') };
    case 'operationUnknown':
      return {
        reason: l10n.t('the endpoint does not know {0}', failure.operation),
        remedy: l10n.t('Check the configured endpoint.'),
      };
    case 'regionDisabled': {
      const { cause } = failure;
      const region = cause?.type === 'role' ? cause.region : scene.region;
      return {
        reason:
          region === undefined
            ? l10n.t('the region is not enabled for this account')
            : l10n.t('the region {0} is not enabled for this account', region),
        remedy: l10n.t('Enable the region in the account settings, or connect to another.'),
      };
    }
    case 'serviceFault':
      return {
        reason: l10n.t('AWS had an internal error ({0})', failure.errorName),
        remedy: l10n.t('Try again in a moment.'),
      };
    case 'throttled':
      return {
        reason: l10n.t('too many requests ({0})', failure.errorName),
        remedy: l10n.t('Wait a few seconds, then try again.'),
      };
    case 'timeout':
      return {
        reason: l10n.t('no answer in time'),
        remedy: l10n.t('Check the network, then try again.'),
      };
    case 'nameUnknown':
      return {
        reason: l10n.t('the name of the service could not be looked up ({0})', failure.message),
        remedy: l10n.t(
          'Check the network or VPN, the region and any configured endpoint, then try again.',
        ),
      };
    case 'tlsUntrusted':
      return {
        reason: l10n.t('the certificate of the other side is not trusted ({0})', failure.message),
        remedy: l10n.t(
          'A proxy may read the traffic: install its certificate in the system, or see VS Code\'s setting "http.systemCertificates".',
        ),
      };
    case 'unreachable':
      return {
        reason: l10n.t('AWS could not be reached ({0})', failure.message),
        remedy: l10n.t(
          'Check the network, the region and any configured endpoint, then try again.',
        ),
      };
    default:
      return undefined;
  }
}

function serviceWords(failure: Failure): FailureWords {
  switch (failure.code) {
    case 'limitExceeded':
      return {
        reason: l10n.t('a limit of the policy is exceeded'),
        remedy: l10n.t('Remove statements that are no longer needed.'),
      };
    case 'operationInProgress':
      return {
        reason: l10n.t('another operation on it is in progress'),
        remedy: l10n.t('Try again in a moment.'),
      };
    case 'policyTooLarge':
      return {
        reason: l10n.t('the policy would be larger than AWS allows'),
        remedy: l10n.t('Remove statements that are no longer needed.'),
      };
    case 'publicAccessBlocked':
      return {
        reason: l10n.t('the account blocks public access'),
        remedy: l10n.t(
          'What remains must let in fewer, or the block in the Lambda settings must change.',
        ),
      };
    case 'resourceNotFound':
      return {
        reason: l10n.t('it no longer exists'),
        remedy: l10n.t('Refresh the list.'),
      };
    case 'revisionMismatch':
      return {
        reason: l10n.t('the policy was changed by someone else meanwhile'),
        remedy: l10n.t('Look at it as it is now, then try again.'),
      };
    case 'statementExists':
      return {
        reason: l10n.t('the statement ID is already taken'),
        remedy: l10n.t('Choose another statement ID.'),
      };
    case 'statementNotFound':
      return {
        reason: l10n.t('the policy has no such statement'),
        remedy: l10n.t('Refresh to see the policy as it is now.'),
      };
    case 'badRequest':
      return {
        reason: l10n.t('AWS refused the request: {0}', failure.message),
        remedy: l10n.t('The log has the details.'),
      };
    default:
      return {
        reason: l10n.t('{0}: {1}', failure.errorName, failure.message),
        remedy: l10n.t('The log has the details.'),
      };
  }
}
