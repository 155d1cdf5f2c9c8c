import type { PacerClock, Quota } from './pacer';
import { Pacer, systemClock } from './pacer';

/** The quotas that Lambda has for each account and region. */
export interface LambdaPacers {
  readonly getPolicy: Pacer;
  /** Every other call that we make, reads and writes, of functions and layers. */
  readonly control: Pacer;
}

/**
 * Of each of the two. How many AWS lets through at once it does not say: a second's worth.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
 */
export const lambdaQuota: Quota = { ratePerSecond: 15, burst: 15 };

/**
 * The pacers of all accounts and regions: connections that lead to the same share them. They are kept
 * for good, since what was used of a quota outlives the connection that used it.
 */
export class Pacers {
  private readonly byKey = new Map<string, LambdaPacers>();

  constructor(
    private readonly quota: Quota = lambdaQuota,
    private readonly clock: PacerClock = systemClock,
  ) {}

  /**
   * `key` names an account and a region, or what leads there while the account is not known.
   * `before` is the key that the same connection had until then: what is new takes its pacers over,
   * with what was used of them.
   */
  pacersFor(key: string, before?: string): LambdaPacers {
    const known =
      this.byKey.get(key) ?? (before === undefined ? undefined : this.byKey.get(before));
    const pacers = known ?? {
      getPolicy: new Pacer(this.quota, this.clock),
      control: new Pacer(this.quota, this.clock),
    };
    this.byKey.set(key, pacers);
    return pacers;
  }
}
