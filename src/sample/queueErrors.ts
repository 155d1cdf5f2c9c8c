import { SampleError } from './protocol';

export function missing(name: string): SampleError {
  return new SampleError(
    400,
    'MissingRequiredParameterException',
    `The request must contain the parameter ${name}.`,
    'MissingParameter',
  );
}

export function invalidValue(value: string, parameter: string, reason: string): SampleError {
  return new SampleError(
    400,
    'InvalidParameterValueException',
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
    'InvalidParameterValue',
  );
}

export function accessDenied(action: string): SampleError {
  return new SampleError(
    403,
    'AccessDeniedException',
    `Access to the resource is denied for sqs:${action}.`,
    'AccessDenied',
  );
}

export function serialization(): SampleError {
  return new SampleError(400, 'SerializationException', 'The request could not be read.');
}

export function noSuchQueue(): SampleError {
  return new SampleError(
    400,
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'AWS.SimpleQueueService.NonExistentQueue',
  );
}

export function unknownAttribute(name: string): SampleError {
  return new SampleError(400, 'InvalidAttributeName', `Unknown Attribute ${name}.`);
}
