import type { GrantProblem } from './grantRules';
import { urlAction } from './grantRules';
import type { FunctionGrant } from './grants';

/** What a person has answered so far about a permission that is to be added. */
export interface Answers {
  /** For functions; `publicUrl` and `signedUrl` are the two permissions that a URL needs. */
  readonly use: 'action' | 'publicUrl' | 'signedUrl';
  readonly action: string;
  readonly who: 'service' | 'account' | 'accounts' | 'identity' | 'organization' | 'everyone';
  readonly service: string;
  /** Of layers this may be the ARN of the account's root as well. */
  readonly accountId: string;
  readonly accountIds: readonly string[];
  readonly identityArn: string;
  /** Without the prefix, of a queue. */
  readonly queueActions: readonly string[];
  readonly options: FunctionOptions;
  /** Those that were not left as they were proposed, in the order of the permissions. */
  readonly statementIds: readonly (string | undefined)[];
}

/** The parameters of `lambda:AddPermission` that may be left out. */
export type FunctionOptions = Partial<
  Pick<
    FunctionGrant,
    | 'sourceArn'
    | 'sourceAccount'
    | 'principalOrgId'
    | 'functionUrlAuthType'
    | 'invokedViaFunctionUrl'
    | 'eventSourceToken'
  >
>;

export const noAnswers: Answers = {
  use: 'action',
  action: 'lambda:InvokeFunction',
  who: 'service',
  service: '',
  accountId: '',
  accountIds: [],
  identityArn: '',
  queueActions: ['SendMessage'],
  options: {},
  statementIds: [],
};

/** Another use makes another permission of it: what does not go with it is dropped. */
export function withUse(answers: Answers, use: Answers['use'], action: string): Answers {
  if (answers.use === use && answers.action === action) return answers;
  const options = answers.use === use ? answers.options : {};
  // Without it the permission would hold for URLs that let everyone in as well.
  const standard = use === 'action' && action === urlAction ? 'AWS_IAM' : undefined;
  const functionUrlAuthType = standard && (options.functionUrlAuthType ?? standard);
  return withOptions({ ...answers, use, action, options }, { functionUrlAuthType });
}

export function withWho(answers: Answers, who: Answers['who']): Answers {
  if (answers.who === who) return answers;
  const { functionUrlAuthType, invokedViaFunctionUrl } = answers.options;
  return { ...answers, who, options: given({ functionUrlAuthType, invokedViaFunctionUrl }) };
}

export function withService(answers: Answers, service: string): Answers {
  if (answers.service === service) return answers;
  return withOptions({ ...answers, service }, { sourceArn: undefined, sourceAccount: undefined });
}

/** Another source has another owner. */
export function withSourceArn(answers: Answers, sourceArn: string | undefined): Answers {
  if (answers.options.sourceArn === sourceArn) return answers;
  return withOptions(answers, { sourceArn, sourceAccount: undefined });
}

/** `undefined` takes an option away. */
export function withOptions(answers: Answers, options: FunctionOptions): Answers {
  return { ...answers, options: given({ ...answers.options, ...options }) };
}

function given(options: FunctionOptions): FunctionOptions {
  const entries = Object.entries<string | boolean | undefined>(options);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Why an option does not go with the rest; it can be set when that is changed. */
export function optionObstacle(
  { action, options }: Answers,
  option: keyof FunctionOptions,
): GrantProblem | undefined {
  const hasSource = options.sourceArn !== undefined || options.sourceAccount !== undefined;
  switch (option) {
    case 'functionUrlAuthType':
      return action === urlAction ? undefined : { code: 'authTypeNeedsUrlAction' };
    case 'eventSourceToken':
      return hasSource ? { code: 'tokenExcludesSource' } : undefined;
    case 'sourceArn':
    case 'sourceAccount':
      return options.eventSourceToken === undefined ? undefined : { code: 'tokenExcludesSource' };
    case 'principalOrgId':
    case 'invokedViaFunctionUrl':
      return undefined;
  }
}
