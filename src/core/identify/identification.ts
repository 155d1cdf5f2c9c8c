import type { PartitionId } from '../partitions';

/** What was named; a version of a layer is a layer with a version here. */
export type IdentifiedTarget =
  | {
      readonly kind: 'lambdaFunction';
      readonly functionName: string;
      /** An alias or the number of a version; absent for the unqualified function and `$LATEST`. */
      readonly qualifier?: string;
    }
  | { readonly kind: 'layer'; readonly layerName: string; readonly version?: number }
  | {
      readonly kind: 'sqsQueue';
      readonly queueName: string;
      /** As it was named: legacy and private endpoints and emulators have other hosts. */
      readonly queueUrl?: string;
    };

export type TargetKind = IdentifiedTarget['kind'];

/** Where it is, as far as its identifier says. */
export interface IdentifiedPlace {
  readonly region?: string;
  readonly accountId?: string;
  readonly partition?: PartitionId;
}

export interface IdentifiedResource extends IdentifiedPlace {
  readonly target: IdentifiedTarget;
}

export type Identification =
  | { readonly state: 'empty' }
  /** `candidates`: the likeliest first. A bare name may be a function, a queue or a layer. */
  | { readonly state: 'found'; readonly candidates: readonly IdentifiedResource[] }
  /** The beginning of an identifier. */
  | { readonly state: 'incomplete'; readonly problem: UnfinishedProblem }
  | { readonly state: 'wrong'; readonly problem: IdentifierProblem };

/** What keeps a text from naming a resource. */
export type Unfit = Extract<Identification, { state: 'incomplete' | 'wrong' }>;

export type IdentifierPart =
  | 'partition'
  | 'service'
  | 'region'
  | 'accountId'
  /** `function` or `layer`. */
  | 'type'
  | 'name'
  | 'qualifier'
  | 'version'
  /** Host and path of an address on the web. */
  | 'address';

export type UnfinishedProblem =
  /** Ends within a part, or where this part is to follow. */
  { readonly code: 'unfinished'; readonly part: IdentifierPart } | ConsolePage;

/** A page of the AWS console that is not about one resource of ours; `host`: of the console. */
interface ConsolePage {
  readonly code: 'consolePageWithoutResource';
  readonly host: string;
}

/** `kind` is absent where a bare name could have been one of any kind. */
export type IdentifierProblem =
  | { readonly code: 'tooLong'; readonly length: number; readonly most: number }
  /** As in a policy: `part` means many resources, not one. */
  | { readonly code: 'wildcard'; readonly part: string }
  /** Colons at places that no form has. */
  | { readonly code: 'unrecognized' }
  | {
      readonly code: 'badName';
      readonly kind?: TargetKind;
      readonly name: string;
      readonly character: string;
    }
  | {
      readonly code: 'nameTooLong';
      readonly kind?: TargetKind;
      readonly length: number;
      readonly most: number;
    }
  | { readonly code: 'badQualifier'; readonly qualifier: string }
  | { readonly code: 'layerVersionNotANumber'; readonly version: string }
  | { readonly code: 'unknownPartition'; readonly partition: string }
  | { readonly code: 'badRegion'; readonly region: string }
  /** `partition` was named; the region is in `actual`. */
  | {
      readonly code: 'regionOfOtherPartition';
      readonly region: string;
      readonly partition: PartitionId;
      readonly actual: PartitionId;
    }
  | { readonly code: 'badAccount'; readonly accountId: string }
  /** An ARN or a page of the console; `service` as it stands there. */
  | { readonly code: 'otherService'; readonly service: string }
  /** Of Lambda, but neither function nor layer: `event-source-mapping`, `code-signing-config` … */
  | { readonly code: 'notALambdaResource'; readonly type: string }
  | ConsolePage
  /** The address of a function URL does not say which function it calls. */
  | { readonly code: 'functionUrl'; readonly host: string }
  /** Of the queue service or an emulator, but its path is not that of a queue. */
  | { readonly code: 'notAQueueAddress'; readonly host: string }
  | { readonly code: 'otherSite'; readonly host: string };

export function wrong(problem: IdentifierProblem): Unfit {
  return { state: 'wrong', problem };
}

export function unfinished(part: IdentifierPart): Unfit {
  return { state: 'incomplete', problem: { code: 'unfinished', part } };
}

/** What is not known of the place is left out. */
export function found(
  target: IdentifiedTarget,
  { region, accountId, partition }: IdentifiedPlace,
): Identification {
  const candidate: IdentifiedResource = {
    target,
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(partition === undefined ? {} : { partition }),
  };
  return { state: 'found', candidates: [candidate] };
}
