import { companyFunctions } from './companyFunctions';
import { companyLayers } from './companyLayers';
import { companyMistakes } from './companyMistakes';
import { companyIdentity } from './companyNames';
import { companyQueues } from './companyQueues';
import { companyTriggers } from './companyTriggers';
import type { SampleState } from './state';

/**
 * What the sample account holds at first: Tidewater Bikes, a made-up bicycle shop, with what
 * accumulates in an account over the years. The same at every call.
 */
export function sampleCompany(): SampleState {
  return {
    ...companyIdentity,
    functions: [...companyTriggers, ...companyFunctions, ...companyMistakes],
    layers: companyLayers,
    queues: companyQueues,
    eventSourceMappings: [
      {
        uuid: '5f0c1d9e-3b7a-4c55-9d41-0e6d1f2a7b01',
        functionName: 'order-api',
        qualifier: 'live',
        eventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        enabled: true,
      },
      {
        uuid: '5f0c1d9e-3b7a-4c55-9d41-0e6d1f2a7b02',
        functionName: 'image-resizer',
        eventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:image-uploads',
        enabled: false,
      },
    ],
  };
}
