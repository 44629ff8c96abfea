// A real OpenID Connect provider, as a process of its own: `node oidc-provider.mjs CALLBACK`.
// Prints its issuer, then serves until it is told to end. Whoever signs in as `name` has the claims
// of PEOPLE[name]; the password is not looked at.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [callback] = process.argv.slice(2);
const PEOPLE = JSON.parse(process.env.PEOPLE ?? '{}');

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'bank',
      client_secret: 'a secret that only the two know',
      redirect_uris: [callback],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: {
    openid: ['sub', 'amr'],
    profile: ['preferred_username', 'document'],
    email: ['email', 'email_verified'],
  },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  // A function, because a plain setting may not be in the past.
  ttl: { IdToken: () => Number(process.env.ID_TOKEN_SECONDS ?? 3600) },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  // Nobody is asked whether the bank may know: it is the bank's own district.
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});
server.on('request', provider.callback());
console.log(issuer);
