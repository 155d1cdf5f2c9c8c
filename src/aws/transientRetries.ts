import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { readFailure } from './failures';

/**
 * The SDK's repeated tries for what passes by itself, but not for what AWS throttles. Those would
 * come when it pleases them, not in their turn, and after a few the SDK gives up: a thousand reads at
 * once lose half of them.
 */
export class TransientRetries extends StandardRetryStrategy {
  constructor(
    attempts: number,
    /** Whether throttled tries come again in another turn; else they are the SDK's, too. */
    private readonly isPaced: () => boolean,
  ) {
    super({ maxAttempts: attempts });
  }

  override refreshRetryTokenForRetry(
    token: StandardRetryToken,
    errorInfo: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (this.isPaced() && readFailure(errorInfo.error, '').code === 'throttled') {
      return Promise.reject(new Error('Throttled: it waits for another turn.'));
    }
    return super.refreshRetryTokenForRetry(token, errorInfo);
  }
}
