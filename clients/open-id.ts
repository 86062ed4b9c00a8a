/** A province's single sign-on by OpenID Connect: discovery, authorization code with PKCE, state and nonce. */
import * as oidc from 'openid-client';

export interface OpenIdSettings {
  /** Address of the provider, as its discovery document names it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Words of the button on the sign-in page. */
  title: string;
  /** Where the provider sends people back to. */
  redirectUri: string;
}

/** What must be kept, in the browser that asked, until it comes back. */
export interface SignOnChecks {
  state: string;
  nonce: string;
  verifier: string;
}

/** Who the provider says it is. */
export interface SignedOn {
  /** Issuer and subject: never used again for somebody else. */
  subject: string;
  /** In lower case; undefined when the provider tells none, or says that it is not verified. */
  email: string | undefined;
}

export interface SignOn {
  title: string;
  /** The provider's page to send the browser to. Throws when the provider is away. */
  begin(): Promise<{ url: string; checks: SignOnChecks }>;
  /** Who came back. Throws when the answer is not for these checks, or is used a second time. */
  finish(query: string, checks: SignOnChecks): Promise<SignedOn>;
}

/** Path to which the provider sends people back; registered there. */
export const SIGN_ON_RETURN = '/dang-nhap/mot-lan/ve';

const SCOPE = 'openid email profile';

/** The single sign-on of these settings. The provider is asked for its description when it is first needed. */
export function openIdConnect(settings: OpenIdSettings): SignOn {
  const { issuer, clientId, clientSecret, title, redirectUri } = settings;
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = async (): Promise<oidc.Configuration> => {
    // Only a provider on this machine may be without TLS.
    const insecure = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${issuer}/`);
    discovered ??= oidc.discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
      execute: insecure ? [oidc.allowInsecureRequests] : [],
    });
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  };
  return {
    title,
    async begin() {
      const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        state: checks.state,
        nonce: checks.nonce,
      });
      return { url: url.href, checks };
    },
    async finish(query, { state, nonce, verifier }) {
      const config = await configuration();
      const back = new URL(`${redirectUri}${query}`);
      const tokens = await oidc.authorizationCodeGrant(config, back, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider sent no id token');
      const more = claims['email'] === undefined ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
      const { email, email_verified: verified } = more;
      const usable = typeof email === 'string' && verified !== false;
      return { subject: `${claims.iss} ${claims.sub}`, email: usable ? email.toLowerCase() : undefined };
    },
  };
}
