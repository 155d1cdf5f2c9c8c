import type { Region } from './regions';
import { regions } from './regions';

export type PartitionId =
  | 'aws'
  | 'aws-cn'
  | 'aws-us-gov'
  | 'aws-eusc'
  | 'aws-iso'
  | 'aws-iso-b'
  | 'aws-iso-e'
  | 'aws-iso-f';

/** A group of regions with accounts, ARNs, host names and a console of its own. */
export interface Partition {
  readonly id: PartitionId;
  /** How the IDs of its regions begin; absent for the one that has all the others. */
  readonly regionPrefix?: string;
  /** What the host names of the services end with. */
  readonly dnsSuffix: string;
  /** The same for endpoints that answer over IPv6 too. */
  readonly dualStackDnsSuffix: string;
  /** Of the console, without the region before it; absent where it is not known in public. */
  readonly consoleHost?: string;
}

const commercial: Partition = {
  id: 'aws',
  dnsSuffix: 'amazonaws.com',
  dualStackDnsSuffix: 'api.aws',
  consoleHost: 'console.aws.amazon.com',
};

/**
 * The suffixes are those of the endpoint rules in the AWS SDKs. The consoles of the isolated
 * partitions are not documented: the two that stand here are named like their sign-in hosts.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
export const partitions: readonly Partition[] = [
  commercial,
  {
    id: 'aws-cn',
    regionPrefix: 'cn-',
    dnsSuffix: 'amazonaws.com.cn',
    dualStackDnsSuffix: 'api.amazonwebservices.com.cn',
    consoleHost: 'console.amazonaws.cn',
  },
  {
    id: 'aws-us-gov',
    regionPrefix: 'us-gov-',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    consoleHost: 'console.amazonaws-us-gov.com',
  },
  {
    id: 'aws-eusc',
    regionPrefix: 'eusc-',
    dnsSuffix: 'amazonaws.eu',
    dualStackDnsSuffix: 'api.amazonwebservices.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
  },
  {
    id: 'aws-iso',
    regionPrefix: 'us-iso-',
    dnsSuffix: 'c2s.ic.gov',
    dualStackDnsSuffix: 'api.aws.ic.gov',
    consoleHost: 'console.c2shome.ic.gov',
  },
  {
    id: 'aws-iso-b',
    regionPrefix: 'us-isob-',
    dnsSuffix: 'sc2s.sgov.gov',
    dualStackDnsSuffix: 'api.aws.scloud',
    consoleHost: 'console.sc2shome.sgov.gov',
  },
  {
    id: 'aws-iso-e',
    regionPrefix: 'eu-isoe-',
    dnsSuffix: 'cloud.adc-e.uk',
    dualStackDnsSuffix: 'api.cloud-aws.adc-e.uk',
  },
  {
    id: 'aws-iso-f',
    regionPrefix: 'us-isof-',
    dnsSuffix: 'csp.hci.ic.gov',
    dualStackDnsSuffix: 'api.aws.hci.ic.gov',
  },
];

/** By the ID that stands in ARNs. */
export function findPartition(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition that a region belongs to; `aws` for a region that is not known. */
export function partitionWith(region: string): Partition {
  const starts = ({ regionPrefix }: Partition) =>
    regionPrefix !== undefined && region.startsWith(regionPrefix);
  return partitions.find(starts) ?? commercial;
}

/** The ID of the partition that a region belongs to. */
export function partitionOf(region: string): PartitionId {
  return partitionWith(region).id;
}

/** Whether a host is of AWS itself, as public and private endpoints of its services are. */
export function isAwsHost(host: string): boolean {
  const suffixes = partitions.flatMap(({ dnsSuffix, dualStackDnsSuffix }) => [
    dnsSuffix,
    dualStackDnsSuffix,
  ]);
  return suffixes.some((suffix) => host.endsWith(`.${suffix}`));
}

export interface RegionGroup {
  readonly partition: PartitionId;
  readonly regions: readonly Region[];
}

/** The regions that are offered by name, by partition, both in the order of their lists. */
export function regionsByPartition(): readonly RegionGroup[] {
  return partitions
    .map(({ id }) => ({
      partition: id,
      regions: regions.filter((region) => partitionOf(region.id) === id),
    }))
    .filter((group) => group.regions.length > 0);
}
