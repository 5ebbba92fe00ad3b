// A real OpenID Connect provider for the tests: `node oidc_provider.mjs`, told by a line of JSON on its standard input.
//
//   {"port": 0, "clients": [...], "accounts": {"sub": {claims}}}   answers on its standard output {"issuer": "…"}
//
// Its page that asks who somebody is shows a button for each account: for a browser, and for tests that send the form.
import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { Provider } from "oidc-provider";

const lines = createInterface({ input: process.stdin });
const told = JSON.parse(await new Promise((resolve) => lines.once("line", resolve)));
lines.on("close", () => process.exit(0)); // whoever started it has gone

const server = createServer();
await new Promise((resolve) => server.listen(told.port, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: told.clients,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  findAccount: (_, sub) =>
    told.accounts[sub] && { accountId: sub, claims: () => ({ sub, ...told.accounts[sub] }) },
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page("Leave?", `${form}<button form="op.logoutForm" name="logout" value="yes">Leave</button>`);
      },
    },
  },
  pkce: { required: () => true },
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // its own refuses to tell a site on this machine
  cookies: { keys: ["for the tests alone"] },
  ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
});

const page = (title, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}`;

async function ask(request, response) {
  if (request.method === "GET") {
    const buttons = Object.keys(told.accounts).map((sub) => `<button name="account" value="${sub}">${sub}</button>`);
    response.setHeader("content-type", "text/html");
    response.end(page("Who are you?", `<form method="post">${buttons.join("")}<button name="no">Nobody</button></form>`));
    return;
  }
  let body = "";
  for await (const piece of request) body += piece;
  const accountId = new URLSearchParams(body).get("account");
  if (!accountId) {
    await provider.interactionFinished(request, response, { error: "access_denied" });
    return;
  }
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(request, response, {
    login: { accountId },
    consent: { grantId: await grant.save() },
  });
}

const answer = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/who/")) return answer(request, response);
  return ask(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
console.log(JSON.stringify({ issuer }));
