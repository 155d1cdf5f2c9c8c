import type { Ledger, Session } from './ledger';
import { assumedRole } from './ledger';
import type { Call, Reply } from './wire';
import { isoSeconds, jsonReply, Refusal, textReply } from './wire';

/** The role of an EC2 instance or of a container. */
export interface MachineRole {
  readonly accountId: string;
  readonly roleName: string;
}

export const metadataTokenPath = '/latest/api/token';
export const metadataRolePath = '/latest/meta-data/iam/security-credentials/';
export const containerPath = '/v2/credentials/task';
export const containerToken = 'container-authorization-token';

const usualSeconds = 21_600;

/**
 * The metadata service of EC2, version 2 only, and the endpoint for the credentials of a container.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export class Metadata {
  private readonly tokens = new Set<string>();

  constructor(
    private readonly ledger: Ledger,
    private readonly instance: MachineRole | undefined,
    private readonly container: MachineRole | undefined,
  ) {}

  reset(): void {
    this.tokens.clear();
  }

  metadataToken({ headers }: Call): Reply {
    if (!/^\d+$/.test(headers['x-aws-ec2-metadata-token-ttl-seconds'] ?? '')) {
      throw new Refusal(400, 'BadRequest', 'Bad Request');
    }
    const token = `metadata-token-${this.tokens.size + 1}`;
    this.tokens.add(token);
    return textReply(200, token);
  }

  metadataRole(call: Call): Reply {
    return textReply(200, this.roleOf(call).roleName);
  }

  metadataCredentials(call: Call): Reply {
    const { accountId, roleName } = this.roleOf(call);
    if (decodeURIComponent(call.path) !== metadataRolePath + roleName) throw notFound();
    const identity = assumedRole(accountId, roleName, 'i-0123456789abcdef0');
    return jsonReply(200, {
      Code: 'Success',
      LastUpdated: isoSeconds(new Date()),
      Type: 'AWS-HMAC',
      ...namedKeys(this.ledger.issue(identity, usualSeconds)),
    });
  }

  containerCredentials({ headers }: Call): Reply {
    if (!this.container) throw notFound();
    if (headers['authorization'] !== containerToken) {
      throw new Refusal(
        403,
        'AccessDenied',
        'The authorization token is not that of the container',
      );
    }
    const { accountId, roleName } = this.container;
    const session = this.ledger.issue(assumedRole(accountId, roleName, 'task'), usualSeconds);
    const role = `arn:aws:iam::${accountId}:role/${roleName}`;
    return jsonReply(200, { RoleArn: role, ...namedKeys(session) });
  }

  private roleOf({ headers }: Call): MachineRole {
    if (!this.tokens.has(headers['x-aws-ec2-metadata-token'] ?? '')) {
      throw new Refusal(401, 'Unauthorized', 'Unauthorized');
    }
    if (!this.instance) throw notFound();
    return this.instance;
  }
}

function notFound(): Refusal {
  return new Refusal(404, 'NotFound', 'Not Found');
}

function namedKeys({ accessKeyId, secretAccessKey, sessionToken, expiration }: Session): object {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: isoSeconds(expiration),
  };
}
