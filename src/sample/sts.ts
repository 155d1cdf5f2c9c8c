import { randomUUID } from 'node:crypto';
import type { Account } from './account';
import type { Answer, SampleRequest } from './protocol';
import { SampleError, stsAnswer, stsNamespace, xml } from './protocol';

export function answerSts(account: Account, request: SampleRequest): Answer {
  const form = request.method === 'POST' ? new URLSearchParams(request.body) : request.query;
  const action = form.get('Action') ?? '';
  if (action !== 'GetCallerIdentity') {
    const version = form.get('Version') ?? '';
    throw new SampleError(
      400,
      'InvalidAction',
      `Could not find operation ${action} for version ${version}`,
    );
  }
  const { accountId, callerArn } = account.identity;
  const session = callerArn.split('/').at(-1) ?? '';
  const result =
    `<Arn>${xml(callerArn)}</Arn><UserId>AROASAMPLEDEVELOPER01:${xml(session)}</UserId>` +
    `<Account>${xml(accountId)}</Account>`;
  return stsAnswer(
    200,
    `<GetCallerIdentityResponse xmlns="${stsNamespace}">` +
      `<GetCallerIdentityResult>${result}</GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
      '</GetCallerIdentityResponse>',
  );
}
