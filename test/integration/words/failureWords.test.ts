import assert from 'node:assert/strict';
import type { Failure, FailureCause, FailureCode } from '../../../src/core/errors';
import { FailureError } from '../../../src/core/errors';
import { explainError } from '../../../src/words/errorWords';
import { failureSentence, failureWords } from '../../../src/words/failureWords';

/** Every code, which the compiler sees to, and whether its words name the profile. */
const codes: Readonly<Record<FailureCode, { readonly namesProfile: boolean }>> = {
  accessDenied: { namesProfile: false },
  accountChanged: { namesProfile: true },
  badRequest: { namesProfile: false },
  cancelled: { namesProfile: false },
  clockSkew: { namesProfile: false },
  configUnusable: { namesProfile: true },
  credentialsExpired: { namesProfile: true },
  credentialsInvalid: { namesProfile: true },
  credentialsMissing: { namesProfile: true },
  limitExceeded: { namesProfile: false },
  mfaCancelled: { namesProfile: true },
  mfaRefused: { namesProfile: false },
  nameUnknown: { namesProfile: false },
  operationInProgress: { namesProfile: false },
  operationUnknown: { namesProfile: false },
  policyTooLarge: { namesProfile: false },
  processFailed: { namesProfile: true },
  profileUnknown: { namesProfile: true },
  publicAccessBlocked: { namesProfile: false },
  regionDisabled: { namesProfile: false },
  resourceNotFound: { namesProfile: false },
  revisionMismatch: { namesProfile: false },
  serviceFault: { namesProfile: false },
  statementExists: { namesProfile: false },
  statementNotFound: { namesProfile: false },
  throttled: { namesProfile: false },
  timeout: { namesProfile: false },
  tlsUntrusted: { namesProfile: false },
  unexpected: { namesProfile: false },
  unreachable: { namesProfile: false },
};
/** What comes with some codes. */
const causes: Partial<Record<FailureCode, FailureCause>> = {
  accountChanged: { type: 'account', expected: '111111111111', found: '222222222222' },
  configUnusable: {
    type: 'config',
    problem: { code: 'incomplete', profile: 'prod-admin', missing: ['sso_region'] },
    place: { path: '~/.aws/config', line: 12, code: 'noEqualsSign', text: 'x' },
  },
  processFailed: { type: 'process', profile: 'prod-admin', end: 'failed', exitCode: 3 },
  profileUnknown: { type: 'config', problem: { code: 'profileUnknown', profile: 'prod-admin' } },
};
const scene = { profile: 'prod-admin', region: 'eu-west-1' };

function failure(code: FailureCode): Failure {
  const errorName = 'SomeException';
  const cause = causes[code];
  const what = { code, operation: 'lambda:GetPolicy', errorName, message: 'said {0} by AWS' };
  return cause ? { ...what, cause } : what;
}

suite('failures in words', () => {
  for (const [name, { namesProfile }] of Object.entries(codes)) {
    const code = name as FailureCode;
    test(`${code}: why, and what to do`, () => {
      for (const at of [scene, {}]) {
        const { reason, remedy } = failureWords(failure(code), at);
        for (const text of [reason, remedy]) {
          assert.ok(text.trim() !== '', 'no words');
          assert.doesNotMatch(text.replace('said {0} by AWS', ''), /undefined|\[object|\{\d\}/);
        }
        // The reason stands after a colon, the remedy is a sentence of its own.
        assert.match(reason, /[^.]$/);
        assert.match(remedy, /^[A-Z].*\.$/);
      }
      const { reason, remedy } = failureWords(failure(code), scene);
      assert.equal(`${reason} ${remedy}`.includes(scene.profile), namesProfile);
    });
  }

  test('no two codes have the same reason', () => {
    const reasons = Object.keys(codes).map(
      (code) => failureWords(failure(code as FailureCode)).reason,
    );
    assert.equal(new Set(reasons).size, reasons.length);
  });

  test('what the words must hold', () => {
    const words = (code: FailureCode, at = scene) => {
      const { reason, remedy } = failureWords(failure(code), at);
      return `${reason} | ${remedy}`;
    };
    assert.equal(
      words('accessDenied'),
      'access denied to lambda:GetPolicy | Ask for the IAM permission lambda:GetPolicy, then refresh.',
    );
    assert.equal(
      words('credentialsExpired'),
      'the session of prod-admin has expired | Sign in again; the lists come back by themselves.',
    );
    assert.match(words('regionDisabled'), /eu-west-1/);
    assert.match(words('unreachable'), /said \{0\} by AWS/);
    assert.match(words('badRequest'), /said \{0\} by AWS/);
    assert.match(words('unexpected'), /SomeException: said \{0\} by AWS/);
    assert.match(words('throttled'), /SomeException/);
  });

  test('without a profile the default credentials are meant, and no login of a profile', () => {
    const { reason, remedy } = failureWords(failure('credentialsExpired'));
    assert.equal(reason, 'the session of the default credentials has expired');
    assert.equal(remedy, 'Sign in again; the lists come back by themselves.');
  });

  test('a sentence says what failed, why, and what to do', () => {
    assert.equal(
      failureSentence('Could not read it', failure('timeout'), scene),
      'Could not read it: no answer in time. Check the network, then try again.',
    );
  });
});

suite('errors that nobody dealt with', () => {
  test('a failed call: its sentence, and all of it for the log', () => {
    const cause = failure('accessDenied');
    const explained = explainError(new FailureError(cause));
    assert.equal(
      explained?.message,
      'lambda:GetPolicy failed: access denied to lambda:GetPolicy. ' +
        'Ask for the IAM permission lambda:GetPolicy, then refresh.',
    );
    assert.deepEqual(JSON.parse(explained.details), cause);
  });

  test('cancelling is no error', () => {
    assert.equal(explainError(new FailureError(failure('cancelled'))), undefined);
  });

  test('anything else: its text, and the stack for the log', () => {
    const error = new TypeError('x is not a function');
    const explained = explainError(error);
    assert.match(explained?.message ?? '', /x is not a function/);
    assert.equal(explained?.details, error.stack);
    assert.match(explainError('thrown text')?.message ?? '', /thrown text/);
  });
});
