import { l10n } from 'vscode';
import type {
  IdentifiedTarget,
  IdentifierPart,
  IdentifierProblem,
  TargetKind,
  UnfinishedProblem,
} from '../core/identify/identification';

/** What a text names, shortly: `Function orders, qualifier live`. */
export function targetWords(target: IdentifiedTarget): string {
  const { t } = l10n;
  switch (target.kind) {
    case 'lambdaFunction':
      return target.qualifier === undefined
        ? t('Function {0}', target.functionName)
        : t('Function {0}, qualifier {1}', target.functionName, target.qualifier);
    case 'layer':
      return target.version === undefined
        ? t('Layer {0}', target.layerName)
        : t('Layer {0}, version {1}', target.layerName, target.version);
    case 'sqsQueue':
      return t('Queue {0}', target.queueName);
  }
}

/** Why a text names nothing (yet), in a sentence. */
export function identifierWords(problem: IdentifierProblem | UnfinishedProblem): string {
  const { t } = l10n;
  switch (problem.code) {
    case 'unfinished':
      return t('Go on: {0} is missing.', partWords(problem.part));
    case 'consolePageWithoutResource':
      return t('This page of the AWS console is not about one function, layer or queue.');
    case 'tooLong':
      return t(
        'Too long: {0} characters; at most {1} name a resource.',
        problem.length,
        problem.most,
      );
    case 'wildcard':
      return t('"{0}" is a pattern: it can mean many resources. Name one.', problem.part);
    case 'unrecognized':
      return t('Neither a name, an ARN, a queue URL, nor an address of the AWS console.');
    case 'badName':
      return t('{0} cannot have "{1}" in its name.', kindWords(problem.kind), problem.character);
    case 'nameTooLong':
      return t(
        '{0} cannot have a name of {1} characters; {2} are the most.',
        kindWords(problem.kind),
        problem.length,
        problem.most,
      );
    case 'badQualifier':
      return t('"{0}" can be neither an alias nor a version.', problem.qualifier);
    case 'layerVersionNotANumber':
      return t('Versions of layers are numbers; "{0}" is none.', problem.version);
    case 'unknownPartition':
      return t('There is no partition "{0}".', problem.partition);
    case 'badRegion':
      return t('"{0}" is no region.', problem.region);
    case 'regionOfOtherPartition':
      return t(
        '{0} is in the partition {1}, not in {2}.',
        problem.region,
        problem.actual,
        problem.partition,
      );
    case 'badAccount':
      return t('An account ID has 12 digits; "{0}" is none.', problem.accountId);
    case 'otherService':
      return t('This is of {0}, not of Lambda or SQS.', problem.service);
    case 'notALambdaResource':
      return t('A {0} has no resource-based policy.', problem.type);
    case 'functionUrl':
      return t('A function URL does not say which function it calls.');
    case 'notAQueueAddress':
      return t('The address of {0} is not that of a queue.', problem.host);
    case 'otherSite':
      return t('{0} is neither AWS nor an emulator of it.', problem.host);
  }
}

function kindWords(kind: TargetKind | undefined): string {
  const { t } = l10n;
  switch (kind) {
    case 'lambdaFunction':
      return t('A function');
    case 'layer':
      return t('A layer');
    case 'sqsQueue':
      return t('A queue');
    case undefined:
      return t('A function, layer or queue');
  }
}

function partWords(part: IdentifierPart): string {
  const { t } = l10n;
  switch (part) {
    case 'partition':
      return t('the partition');
    case 'service':
      return t('the service (lambda or sqs)');
    case 'region':
      return t('the region');
    case 'accountId':
      return t('the account ID');
    case 'type':
      return t('"function" or "layer"');
    case 'name':
      return t('the name');
    case 'qualifier':
      return t('the alias or version');
    case 'version':
      return t('the version');
    case 'address':
      return t('the rest of the address');
  }
}
