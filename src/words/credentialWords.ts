import { l10n } from 'vscode';
import type { Failure } from '../core/errors';
import { configWords, placeWords } from './configWords';
import type { FailureScene, FailureWords } from './failureWords';

/** Why credentials, or the rights of those who have them, do not do. */
export function credentialWords(failure: Failure, scene: FailureScene): FailureWords | undefined {
  return signInWords(failure, scene) ?? setupWords(failure, scene) ?? roleWords(failure, scene);
}

function profileName(scene: FailureScene): string {
  return scene.profile ?? l10n.t('the default credentials');
}

function signInWords(failure: Failure, scene: FailureScene): FailureWords | undefined {
  const profile = profileName(scene);
  switch (failure.code) {
    case 'credentialsExpired':
      return {
        reason: l10n.t('the session of {0} has expired', profile),
        remedy: l10n.t('Sign in again; the lists come back by themselves.'),
      };
    case 'mfaCancelled':
      return {
        reason: l10n.t('no MFA code was given for {0}', profile),
        remedy: l10n.t('Refresh to be asked again.'),
      };
    case 'mfaRefused':
      return {
        reason: l10n.t('AWS did not accept the MFA code, or the role is not yours to take on'),
        remedy: l10n.t('Each code works once: wait for the next, then refresh to be asked again.'),
      };
    case 'accountChanged': {
      const { cause } = failure;
      const [expected, found] =
        cause?.type === 'account' ? [cause.expected, cause.found] : ['', ''];
      return {
        reason: l10n.t('{0} leads to account {1} now, no longer to {2}', profile, found, expected),
        remedy: l10n.t('Nothing is read or changed until you say that this is right.'),
      };
    }
    default:
      return undefined;
  }
}

function setupWords(failure: Failure, scene: FailureScene): FailureWords | undefined {
  const profile = profileName(scene);
  const { cause } = failure;
  switch (failure.code) {
    case 'credentialsInvalid':
      return {
        reason: l10n.t('AWS does not accept the credentials of {0}', profile),
        remedy: l10n.t('Check the access key, and that the region is enabled, then refresh.'),
      };
    case 'credentialsMissing':
      if (cause?.type === 'config') return configFailureWords(cause);
      return {
        reason: l10n.t('no usable credentials for {0} ({1})', profile, failure.message),
        remedy: l10n.t('Sign in, or set up credentials ("aws configure"), then refresh.'),
      };
    case 'profileUnknown':
    case 'configUnusable':
      if (cause?.type === 'configFile') return fileWords(cause);
      return cause?.type === 'config' ? configFailureWords(cause) : undefined;
    case 'processFailed':
      return cause?.type === 'process' ? processWords(cause) : undefined;
    case 'clockSkew':
      return {
        reason: l10n.t("this machine's clock is off: AWS refuses requests signed minutes away"),
        remedy: l10n.t('Set the clock, then refresh.'),
      };
    default:
      return undefined;
  }
}

function fileWords({
  path,
  systemCode,
}: Extract<NonNullable<Failure['cause']>, { type: 'configFile' }>): FailureWords {
  // The config files themselves may be missing; a file that they name may not.
  return systemCode === 'ENOENT'
    ? {
        reason: l10n.t('{0}, which the credentials come from, is not there', path),
        remedy: l10n.t('Put it there, or mend the AWS config file, then refresh.'),
      }
    : {
        reason: l10n.t('{0} cannot be read ({1})', path, systemCode),
        remedy: l10n.t('Make it readable for you.'),
      };
}

function configFailureWords({
  problem,
  place,
}: Extract<NonNullable<Failure['cause']>, { type: 'config' }>): FailureWords {
  return {
    reason: configWords(problem),
    remedy: place
      ? l10n.t('Perhaps because of this: {0}.', placeWords(place))
      : l10n.t('Mend the AWS config file, or remove this connection.'),
  };
}

function processWords(
  cause: Extract<NonNullable<Failure['cause']>, { type: 'process' }>,
): FailureWords {
  const { t } = l10n;
  const what = t('the credential_process of {0}', cause.profile);
  const remedy = t('Run the command of the profile in a terminal to see why, then refresh.');
  switch (cause.end) {
    case 'timedOut':
      return { reason: t('{0} did not end in time and was stopped', what), remedy };
    case 'failed':
      return { reason: t('{0} ended with code {1}', what, cause.exitCode ?? '?'), remedy };
    case 'notStarted':
      return { reason: t('{0} could not be started', what), remedy };
    case 'rubbish':
      return { reason: t('{0} did not print credentials as JSON of version 1', what), remedy };
    case 'incomplete':
      return { reason: t('{0} printed credentials with something missing or wrong', what), remedy };
    case 'expired':
      return { reason: t('{0} printed credentials that have already expired', what), remedy };
  }
}

function roleWords(
  { code, operation, cause }: Failure,
  scene: FailureScene,
): FailureWords | undefined {
  if (code !== 'accessDenied') return undefined;
  if (operation === 'sso:GetRoleCredentials') {
    return {
      reason: l10n.t('IAM Identity Center does not give you the role of {0}', profileName(scene)),
      remedy: l10n.t('Check sso_account_id and sso_role_name, or ask for the role.'),
    };
  }
  return cause?.type === 'role'
    ? {
        reason: l10n.t('access denied to {0} of {1}', operation, cause.roleArn),
        remedy: l10n.t('The role must trust you, and you need the IAM permission {0}.', operation),
      }
    : {
        reason: l10n.t('access denied to {0}', operation),
        remedy: l10n.t('Ask for the IAM permission {0}, then refresh.', operation),
      };
}
