/*
 * The few answers the shell and the sign-in screens need, for looking at screens without the Go
 * server: node e2e/mock-server.mjs [port]. Serves the built app with the same content security
 * policy. ann@acme.example signs in with any password but "wrong"; bob@acme.example is asked for a
 * code. Tests of the product run against the real server.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../apps/app/dist", import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const user = {
  id: "u1",
  name: "Ann Iyer",
  email: "ann@acme.example",
  emailVerified: true,
  twoFactorEnabled: false,
  platform: true,
};
const tenant = { id: "t1", name: "Acme & Co.", slug: "acme", currency: "INR", timezone: "Asia/Kolkata" };
const tenants = [
  { id: "t1", name: "Acme & Co.", slug: "acme", role: "owner" },
  { id: "t2", name: "Bloom", slug: "bloom", role: "agent" },
];
const permissions = [
  "overview.read",
  "contact.read",
  "contact.write",
  "contact.import",
  "template.read",
  "template.write",
  "campaign.read",
  "campaign.write",
  "campaign.send",
  "wallet.read",
  "channel.read",
  "channel.write",
  "team.read",
  "team.write",
  "settings.write",
];
const session = { accessToken: "mock", expiresIn: 900, user, tenant, tenants };
const rupees = (amount) => ({ amount: amount * 10_000, currency: "INR" });
let signedIn = false;

const routes = {
  "POST /api/auth/login": ({ email, password }) => {
    if (password === "wrong") return problem(401, "unauthenticated", "Email and password do not fit.");
    if (email === "bob@acme.example") return [200, { twoFactorRequired: true, challenge: "c1" }];
    return enter();
  },
  "POST /api/auth/two-factor": () => enter(),
  "POST /api/auth/signup": ({ email }) =>
    email === user.email
      ? problem(409, "conflict", "This address has an account.", [
          { location: "body.email", message: "Has an account already. Sign in instead." },
        ])
      : [202, { message: "Look for our mail." }],
  "POST /api/auth/refresh": () => (signedIn ? enter() : problem(401, "unauthenticated", "Sign in.")),
  "POST /api/auth/logout": () => {
    signedIn = false;
    return [204];
  },
  "POST /api/auth/forgot": () => [204],
  "POST /api/auth/reset": () => [204],
  "POST /api/auth/verify": () => [204],
  "POST /api/auth/verify/resend": () => [204],
  "POST /api/auth/switch": () => enter(),
  "POST /api/auth/realtime-token": () => [200, { token: "mock" }],
  "GET /api/auth/invitations/new": () => [
    200,
    {
      email: "bob@acme.example",
      workspace: tenant.name,
      role: "agent",
      invitedBy: user.name,
      existingUser: false,
    },
  ],
  "GET /api/me": () => [200, { user, tenant, role: "owner", permissions, tenants }],
  "GET /api/wallet": () => [200, { available: rupees(18_240), held: rupees(1_104) }],
};

function enter() {
  signedIn = true;
  return [200, session];
}

function problem(status, kind, detail, errors) {
  return [
    status,
    { type: "about:blank", status, kind, detail, errors, requestId: "mock" },
    "application/problem+json",
  ];
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain",
};

function serveFile(path, response) {
  const wanted = join(dist, normalize(path));
  const found = existsSync(wanted) && statSync(wanted).isFile();
  if (!found && path.startsWith("/assets/")) return response.writeHead(404).end();
  const file = found ? wanted : join(dist, "index.html");
  response.writeHead(200, {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": policy,
  });
  createReadStream(file).pipe(response);
}

async function readJSON(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://mock");
  if (!pathname.startsWith("/api/")) return serveFile(pathname, response);
  const answer = routes[`${request.method} ${pathname}`];
  const [status, body, type = "application/json"] = answer
    ? answer(await readJSON(request))
    : problem(404, "not_found", "The mock server has no such answer.");
  response.writeHead(status, { "Content-Type": type }).end(body && JSON.stringify(body));
});
const port = Number(process.argv[2] ?? 8090);
server.listen(port, () => console.log(`http://localhost:${port}`));
