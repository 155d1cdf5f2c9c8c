import { formatArn, parseArn } from '../core/arn';
import type { Layer, LayerVersion, Listed } from '../core/resource';
import { kindOf, unqualified } from '../core/resource';
import type { TreeNode } from './nodes';
import { connectionNode, groupNode, listedNode, versionsNode } from './nodes';

/** The row of a resource and those above it, from itself up to its list. */
export function rowsUpFrom(connectionId: string, listed: Listed): readonly TreeNode[] {
  const group = groupNode(connectionNode(connectionId), kindOf(listed));
  const top = listedNode(group, topOf(listed));
  if (listed.kind === 'layerVersion') return [listedNode(top, listed), top, group];
  if (listed.kind !== 'lambdaFunction' || !listed.qualifier || top.type !== 'resource') {
    return [top, group];
  }
  if (listed.qualifier.type === 'alias') return [listedNode(top, listed), top, group];
  const versions = versionsNode(top, unqualified(listed));
  return [listedNode(versions, listed), versions, top, group];
}

/** What stands in the list of its kind: the function of a qualifier, the layer of a version. */
export function topOf(listed: Listed): Listed {
  switch (listed.kind) {
    case 'lambdaFunction':
      return unqualified(listed);
    case 'layerVersion':
      return layerOf(listed);
    case 'layer':
    case 'sqsQueue':
      return listed;
  }
}

function layerOf({ arn, layerName }: LayerVersion): Layer {
  return { kind: 'layer', arn: withoutLast(arn), layerName };
}

function withoutLast(arn: string): string {
  const parsed = parseArn(arn);
  if (!parsed) return arn;
  return formatArn({ ...parsed, resource: parsed.resource.replace(/:[^:]*$/, '') });
}
