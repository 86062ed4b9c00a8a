/** An OpenID provider for the tests, run as a process of its own: whoever types a name is that person. */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

let provider;
const server = createServer((request, response) => provider.callback()(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ocop',
        client_secret: process.env.CLIENT_SECRET,
        redirect_uris: [process.env.REDIRECT_URI],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@xa.example.vn`, email_verified: id !== 'khong-ro', name: id }),
    }),
  });
  process.stdout.write(`${issuer}\n`);
});
process.on('SIGTERM', () => process.exit(0));
