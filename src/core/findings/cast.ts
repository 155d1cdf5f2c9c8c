import { parseArn } from '../arn';
import type { Caller } from '../evaluate/request';
import type { Stranger } from '../evaluate/stranger';
import type { CallingAccount, Scene } from '../evaluate/strangers';
import { anonymous, signed, throughService } from '../evaluate/strangers';
import { arnWild } from '../evaluate/strangerChoices';
import { anyService, strangeOrganization } from '../evaluate/strangerKeys';
import type { Trust } from './finding';

/** Those who try to get in at one resource, each made once. */
export class Cast {
  /** The account of the resource. */
  readonly owner: string;
  /** An account that nobody knows. */
  readonly stranger: CallingAccount;
  private readonly partition: string;
  private readonly region: string;
  private readonly scenes: Readonly<Record<Scene['way'], Scene>>;
  private readonly strangers = new Map<string, Stranger>();

  /**
   * @param now in milliseconds since 1970, if conditions on times are to be judged
   * @param texts what names those who are no strangers
   */
  constructor(
    resourceArn: string,
    { accounts, organizations }: Trust,
    { now, texts }: { readonly now: number | undefined; readonly texts: readonly string[] },
  ) {
    const { accountId = '', partition = 'aws', region = '' } = parseArn(resourceArn) ?? {};
    this.owner = accountId;
    this.partition = partition;
    this.region = region;
    const known = { accounts: new Set([this.owner, ...accounts]), organizations };
    this.stranger = {
      accountId: strangeAccount(known.accounts, texts),
      organizations: [strangeOrganization],
      known,
    };
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

  /** A service that acts for a resource of an account, which may be a bucket where buckets count. */
  deputy(way: Scene['way'], service: string, account: CallingAccount): Stranger {
    const key = [way, service, account.accountId, ...account.organizations].join();
    return this.known(key, () => {
      const patterns = [`${this.arn('*:*', account.accountId)}*`];
      const isNamed = account !== this.stranger;
      const [name = ''] = service.split('.');
      const sources = {
        patterns: isNamed && isOfBuckets(service) ? [...patterns, `${this.bucket}*`] : patterns,
        usual: `${this.arn(`${name}:${this.region}`, account.accountId)}x`,
        ...arnWild(account, [`${this.arn('*:*', '????????????')}*`]),
      };
      return throughService(this.scenes[way], service, account, sources);
    });
  }

  /**
   * S3 that acts for a bucket of a stranger: `new`, one whose name a pattern leaves to them; `taken`, one
   * that had another's name. Nothing for other services.
   */
  bucketDeputy(service: string, names: 'new' | 'taken'): Stranger | undefined {
    if (!isOfBuckets(service)) return undefined;
    const pattern = `${this.bucket}*`;
    const isMeant = (wanted: string) => /^arn:[^:]*:s3:::[^/]*[*?]/.test(wanted);
    const wild = { ifWild: { isMeant, patterns: [pattern], isKnown: () => false } };
    const sources = {
      patterns: names === 'taken' ? [pattern] : [],
      usual: `${this.bucket}anybodys-bucket`,
      ...(names === 'new' ? wild : {}),
    };
    return throughService(this.scenes.direct, service, this.stranger, sources);
  }

  private arn(where: string, accountId: string): string {
    return `arn:${this.partition}:${where}:${accountId}:`;
  }

  private get bucket(): string {
    return `arn:${this.partition}:s3:::`;
  }
}

/** Buckets are the resources that ARNs name without their account. */
function isOfBuckets(service: string): boolean {
  return service === 's3.amazonaws.com' || service === anyService;
}

const usualStrangers = ['999999999999', '888888888888', '777777777777'];

/** An account that is nobody's, and that no text names. */
export function strangeAccount(known: ReadonlySet<string>, texts: readonly string[]): string {
  const isFree = (one: string) => !known.has(one) && !texts.some((text) => text.includes(one));
  const usual = usualStrangers.find(isFree);
  if (usual !== undefined) return usual;
  const others = Array.from({ length: 100 }, (_, at) => String(at).padStart(12, '6'));
  return others.find(isFree) ?? '000000000001';
}
