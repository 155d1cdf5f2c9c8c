import { parseArn } from '../arn';
import type { Caller } from '../evaluate/request';
import type { Stranger } from '../evaluate/stranger';
import type { CallingAccount, Scene } from '../evaluate/strangers';
import { anonymous, signed, strangeOrganization, throughService } from '../evaluate/strangers';

/** Those who try to get in at one resource, each made once. */
export class Cast {
  /** The account of the resource. */
  readonly owner: string;
  /** An account that nobody knows. */
  readonly stranger: CallingAccount;
  private readonly scenes: Readonly<Record<Scene['way'], Scene>>;
  private readonly strangers = new Map<string, Stranger>();

  /** @param now in milliseconds since 1970, if conditions on times are to be judged */
  constructor(
    private readonly resourceArn: string,
    trusted: ReadonlySet<string>,
    now: number | undefined,
  ) {
    this.owner = parseArn(resourceArn)?.accountId ?? '';
    const accountId = strangeAccount([this.owner, ...trusted]);
    this.stranger = { accountId, organizations: [strangeOrganization] };
    const scene = { resourceArn, owner: this.owner, ...(now === undefined ? {} : { now }) };
    this.scenes = { direct: { ...scene, way: 'direct' }, url: { ...scene, way: 'url' } };
  }

  /** Somebody of an account; `caller`: as whom of it. */
  member(way: Scene['way'], account: CallingAccount, caller?: Caller): Stranger {
    return signed(this.scenes[way], account, caller);
  }

  nobody(way: Scene['way']): Stranger {
    return this.known(`nobody ${way}`, () => anonymous(this.scenes[way]));
  }

  anybody(way: Scene['way']): Stranger {
    return this.known(`anybody ${way}`, () => signed(this.scenes[way], this.stranger));
  }

  private known(key: string, make: () => Stranger): Stranger {
    const stranger = this.strangers.get(key) ?? make();
    this.strangers.set(key, stranger);
    return stranger;
  }

  /** A service that acts for a resource of an account. */
  deputy(service: string, account: CallingAccount): Stranger {
    const key = [service, account.accountId, ...account.organizations].join();
    return this.known(key, () => this.makeDeputy(service, account));
  }

  private makeDeputy(service: string, account: CallingAccount): Stranger {
    const [, partition = 'aws', , region = ''] = this.resourceArn.split(':');
    const [name = ''] = service.split('.');
    const arn = (where: string) => `arn:${partition}:${where}:${account.accountId}:`;
    const sources = { patterns: [`${arn('*:*')}*`], usual: `${arn(`${name}:${region}`)}x` };
    return throughService(this.scenes.direct, service, account, sources);
  }

  /** S3 that acts for a bucket of a stranger, by the names that it can have. */
  bucketDeputy(service: string, names: string): Stranger {
    const [, partition = 'aws'] = this.resourceArn.split(':');
    const bucket = `arn:${partition}:s3:::`;
    const sources = { patterns: [`${bucket}${names}`], usual: `${bucket}anybodys-bucket` };
    return throughService(this.scenes.direct, service, this.stranger, sources);
  }
}

/** An account that is nobody's. */
function strangeAccount(known: readonly string[]): string {
  const accounts = ['999999999999', '888888888888', '777777777777', ...Array(100).keys()];
  const free = accounts
    .map((one) => String(one).padStart(12, '6'))
    .find((one) => !known.includes(one));
  return free ?? '000000000001';
}
