import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

/** What the ID token says besides what it has to. */
type Claims = Record<string, unknown>;

interface Begun {
  nonce: string;
  redirectUri: string;
  challenge: string;
}

const CLIENT = { id: "dott", secret: "s3cret: with % and +" };

function base64url(value: string | Buffer): string {
  return Buffer.from(value).toString("base64url");
}

/**
 * An OpenID Connect provider that lets everybody in as `person`, and lies where a test says so. It listens
 * where whoever started Dott said that it may call (support/receiver.ts), which is the only place.
 */
export async function startProvider(person: Claims) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const port = Number(process.env["DOTT_E2E_RECEIVER_PORT"]);
  const issuer = `http://127.0.0.1:${port}`;
  const begun = new Map<string, Begun>();
  const provider = {
    issuer,
    client: CLIENT,
    /** Put over the ID token's own claims, and over the parameters of the way back. */
    lies: { claims: {} as Claims, answer: {} as Record<string, string> },
    /** How many came to prove themselves. */
    visits: 0,
  };

  function token({ nonce }: Begun): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: CLIENT.id,
      iat: now,
      exp: now + 300,
      auth_time: now,
      nonce,
      ...person,
      ...provider.lies.claims,
    };
    const header = { alg: "RS256", typ: "JWT", kid: "one" };
    const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
    return `${signed}.${base64url(sign("RSA-SHA256", Buffer.from(signed), privateKey))}`;
  }

  function authorize(query: URLSearchParams): string {
    provider.visits += 1;
    const code = randomBytes(16).toString("hex");
    const redirectUri = query.get("redirect_uri") ?? "";
    begun.set(code, {
      nonce: query.get("nonce") ?? "",
      challenge: query.get("code_challenge") ?? "",
      redirectUri,
    });
    const back = { code, state: query.get("state") ?? "", iss: issuer, ...provider.lies.answer };
    return `${redirectUri}?${new URLSearchParams(back)}`;
  }

  /** The ID token for a code, once, for its own client, address and verifier; undefined otherwise. */
  function redeem(form: URLSearchParams, authorization: string): string | undefined {
    const found = begun.get(form.get("code") ?? "");
    begun.delete(form.get("code") ?? "");
    const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
    const pair = `${encode(CLIENT.id)}:${encode(CLIENT.secret)}`;
    const isClient = authorization === `Basic ${Buffer.from(pair).toString("base64")}`;
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const isHis = found?.redirectUri === form.get("redirect_uri") && found?.challenge === challenge;
    return found && isClient && isHis ? token(found) : undefined;
  }

  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ["code"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic"],
    authorization_response_iss_parameter_supported: true,
  };
  const key = { ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" };

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", issuer);
      const json = (status: number, value: unknown): void => {
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(JSON.stringify(value));
      };
      if (pathname === "/authorize") {
        response.writeHead(302, { Location: authorize(searchParams) }).end();
      } else if (pathname === "/token") {
        const idToken = redeem(new URLSearchParams(body), request.headers.authorization ?? "");
        json(idToken ? 200 : 400, idToken ? { id_token: idToken } : { error: "invalid_grant" });
      } else if (pathname === "/keys") json(200, { keys: [key] });
      else if (pathname === "/.well-known/openid-configuration") json(200, metadata);
      else json(404, {});
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return Object.assign(provider, { close: () => server.close() });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  request.setEncoding("utf8");
  for await (const part of request) body += part;
  return body;
}
