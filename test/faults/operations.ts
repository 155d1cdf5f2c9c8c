// Names a request by its wire form. Kept apart from the sample account's own table on purpose:
// the account is not to be its own judge.

const lambdaOperations: readonly (readonly [method: string, path: RegExp, name: string])[] = [
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/versions$/, 'PublishVersion'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/aliases$/, 'ListAliases'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'AddPermission'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+\/policy\/[^/]+$/, 'RemovePermission'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /^\/2018-10-31\/layers$/, 'ListLayers'],
  ['GET', /^\/2018-10-31\/layers\/[^/]+\/versions$/, 'ListLayerVersions'],
  ['GET', /^\/2018-10-31\/layers\/[^/]+\/versions\/[^/]+$/, 'GetLayerVersion'],
  ['GET', /^\/2018-10-31\/layers\/[^/]+\/versions\/[^/]+\/policy$/, 'GetLayerVersionPolicy'],
  ['POST', /^\/2018-10-31\/layers\/[^/]+\/versions\/[^/]+\/policy$/, 'AddLayerVersionPermission'],
  [
    'DELETE',
    /^\/2018-10-31\/layers\/[^/]+\/versions\/[^/]+\/policy\/[^/]+$/,
    'RemoveLayerVersionPermission',
  ],
  ['GET', /^\/2026-07-09\/resource-policy\/[^/]+$/, 'GetResourcePolicy'],
  ['PUT', /^\/2026-07-09\/resource-policy\/[^/]+$/, 'PutResourcePolicy'],
  ['DELETE', /^\/2026-07-09\/resource-policy\/[^/]+$/, 'DeleteResourcePolicy'],
];

/** `'Lambda.GetPolicy'`, `'SQS.ListQueues'`, `'STS.GetCallerIdentity'`; `'….Unknown'` for the rest. */
export function operationOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return `SQS.${target.replace(/^AmazonSQS\./, '')}`;
  const [bare = ''] = path.split('?');
  if (/^\/\d{4}-\d{2}-\d{2}\//.test(bare)) {
    const found = lambdaOperations.find(([verb, form]) => verb === method && form.test(bare));
    return `Lambda.${found?.[2] ?? 'Unknown'}`;
  }
  return `STS.${new URLSearchParams(body).get('Action') ?? 'Unknown'}`;
}

export interface ErrorForm {
  readonly status: number;
  readonly name: string;
  readonly message: string;
}

/** How the service of an operation says that it was asked too often. */
export function throttling(operation: string): ErrorForm {
  if (operation.startsWith('SQS.')) {
    return { status: 403, name: 'RequestThrottled', message: 'Request is throttled.' };
  }
  return operation.startsWith('STS.')
    ? { status: 400, name: 'Throttling', message: 'Rate exceeded' }
    : { status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' };
}

export interface RawError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error in the form of the protocol that the operation speaks. */
export function errorFor(operation: string, { status, name, message }: ErrorForm): RawError {
  if (operation.startsWith('SQS.')) {
    const code = name === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : name;
    return {
      status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`,
      },
      body: JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }),
    };
  }
  if (operation.startsWith('STS.')) {
    const text = message.replace(/[<>&]/g, (char) => `&#${char.charCodeAt(0)};`);
    return {
      status,
      headers: { 'content-type': 'text/xml' },
      body:
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>' +
        `<Type>Sender</Type><Code>${name}</Code><Message>${text}</Message></Error>` +
        '<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>',
    };
  }
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
    body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', message }),
  };
}
