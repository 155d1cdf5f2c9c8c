import type { Ledger, Revocation } from './ledger';
import { assumedRole } from './ledger';
import type { Call, Reply } from './wire';
import { isoSeconds, jsonBody, jsonReply, Refusal, textOf } from './wire';

export interface SsoUser {
  readonly userName: string;
  /** What is assigned to the user. */
  readonly roles: readonly { readonly accountId: string; readonly roleName: string }[];
}

/** What `aws sso login` leaves in `~/.aws/sso/cache`. */
export interface SsoToken {
  readonly startUrl: string;
  readonly region: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: string;
  readonly refreshToken: string;
}

const clientId = 'sso-client';
const clientSecret = 'sso-client-secret';
export const ssoStartUrl = 'https://example.awsapps.com/start';

/**
 * IAM Identity Center: the portal, and the tokens for it.
 * @see https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export class SingleSignOn {
  /** Of the tokens that are handed out next. */
  tokenSeconds = 28_800;
  private readonly ends = new Map<string, number>();
  private readonly refreshTokens = new Map<string, Revocation | 'good'>();
  private count = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly user: SsoUser,
  ) {}

  reset(): void {
    this.tokenSeconds = 28_800;
    this.ends.clear();
    this.refreshTokens.clear();
    this.count = 0;
  }

  signIn(seconds: number): SsoToken {
    const { accessToken, refreshToken } = this.newTokens(seconds);
    return {
      startUrl: ssoStartUrl,
      region: 'eu-west-1',
      accessToken,
      expiresAt: isoSeconds(new Date(this.ends.get(accessToken) ?? 0)),
      clientId,
      clientSecret,
      registrationExpiresAt: isoSeconds(new Date(Date.now() + 90 * 86_400_000)),
      refreshToken,
    };
  }

  revoke(how: Revocation): void {
    this.ends.clear();
    for (const token of this.refreshTokens.keys()) this.refreshTokens.set(token, how);
  }

  roleCredentials({ query, headers }: Call): Reply {
    const end = this.ends.get(headers['x-amz-sso_bearer_token'] ?? '') ?? 0;
    if (end <= Date.now()) {
      throw new Refusal(401, 'UnauthorizedException', 'Session token not found or invalid');
    }
    const { userName, roles } = this.user;
    const role = roles.find(
      ({ accountId, roleName }) =>
        accountId === query.get('account_id') && roleName === query.get('role_name'),
    );
    if (!role) throw new Refusal(403, 'ForbiddenException', 'No access');
    const name = `AWSReservedSSO_${role.roleName}_0123456789abcdef`;
    const session = this.ledger.issue(assumedRole(role.accountId, name, userName), 3600);
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
    return jsonReply(200, {
      roleCredentials: {
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiration: expiration.getTime(),
      },
    });
  }

  createToken(call: Call): Reply {
    const body = jsonBody(call);
    if (body['grantType'] !== 'refresh_token') {
      const text = 'Only a refresh token is taken here';
      throw new Refusal(400, 'UnsupportedGrantTypeException', text, 'unsupported_grant_type');
    }
    if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret) {
      const text = 'Invalid client provided';
      throw new Refusal(401, 'InvalidClientException', text, 'invalid_client');
    }
    const given = textOf(body['refreshToken']);
    const state = this.refreshTokens.get(given);
    if (state === 'expired') {
      const text = 'Refresh token has expired';
      throw new Refusal(400, 'ExpiredTokenException', text, 'expired_token');
    }
    if (state !== 'good') {
      const text = 'Invalid refresh token provided';
      throw new Refusal(400, 'InvalidGrantException', text, 'invalid_grant');
    }
    // It counts once. Whether AWS is as strict is not recorded, so tests meet the strict form.
    this.refreshTokens.set(given, 'revoked');
    const { accessToken, refreshToken } = this.newTokens(this.tokenSeconds);
    const expiresIn = this.tokenSeconds;
    return jsonReply(200, { accessToken, tokenType: 'Bearer', expiresIn, refreshToken });
  }

  private newTokens(seconds: number): { accessToken: string; refreshToken: string } {
    this.count += 1;
    const accessToken = `sso-access-token-${this.count}`;
    const refreshToken = `sso-refresh-token-${this.count}`;
    this.ends.set(accessToken, Date.now() + seconds * 1000);
    this.refreshTokens.set(refreshToken, 'good');
    return { accessToken, refreshToken };
  }
}
