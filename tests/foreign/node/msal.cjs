// MSAL for Node with its own settings: node msal.cjs FLOW {JSON of what it needs}. Prints the answer, or the error, as JSON.
const msal = require("@azure/msal-node");

const [flow, given] = [process.argv[2], JSON.parse(process.argv[3])];
const auth = { clientId: given.app, authority: `https://login.microsoftonline.com/${given.tenant}` };
const confidential = () => new msal.ConfidentialClientApplication({ auth: { ...auth, clientSecret: given.secret } });

const flows = {
  client: () => confidential().acquireTokenByClientCredential({ scopes: [given.scope] }),
  behalf: () => confidential().acquireTokenOnBehalfOf({ scopes: [given.scope], oboAssertion: given.assertion }),
  device: () =>
    new msal.PublicClientApplication({ auth }).acquireTokenByDeviceCode({
      scopes: [given.scope],
      deviceCodeCallback: (shown) => process.stdout.write(`${JSON.stringify({ code: shown.userCode })}\n`),
    }),
};

flows[flow]()
  .then((answer) => ({ token: answer.accessToken, account: answer.account && answer.account.localAccountId }))
  .catch((error) => ({ kind: error.name, code: error.errorCode, error: String(error.message), claims: error.claims }))
  .then((said) => process.stdout.write(`${JSON.stringify(said)}\n`));
