// Speaks for jose: reads one JSON object from standard input, writes one to standard output.
//
// jose.mjs issue    {"privateKey", "keyId", "payloads"}              -> [{"token"}]
// jose.mjs verify   {"publicKey" or "jwks", "tokens", "audience"}    -> [{"payload", "header"} or {"error"}]
// jose.mjs ready    {}                                               -> []

import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";

// Node.js 18, which Debian 12 has, keeps it in the module alone.
globalThis.crypto ??= webcrypto;
const { SignJWT, createLocalJWKSet, importPKCS8, importSPKI, jwtVerify } = await import("jose");

const verbs = {
  async issue({ privateKey, keyId, payloads }) {
    const key = await importPKCS8(privateKey, "RS256");
    const header = { alg: "RS256", typ: "JWT", ...(keyId && { kid: keyId }) };
    return Promise.all(payloads.map(async (payload) => ({ token: await new SignJWT(payload).setProtectedHeader(header).sign(key) })));
  },

  async verify({ publicKey, jwks, tokens, audience }) {
    const key = jwks ? createLocalJWKSet(jwks) : await importSPKI(publicKey, "RS256");
    return Promise.all(tokens.map(async (token) => {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, key, { algorithms: ["RS256"], typ: "JWT", audience });
        return { payload, header: protectedHeader };
      } catch (error) {
        return { error: error.code };
      }
    }));
  },

  ready: async () => [],
};

const input = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await verbs[process.argv[2]](input)));
