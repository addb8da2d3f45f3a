// Speaks for three libraries from npm: reads one JSON object from standard input, writes one array to standard output.
//
// npm.mjs LIBRARY issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
// npm.mjs LIBRARY verify   {"publicKey" or (jose) "jwks", "tokens", "typ", "audience", "issuer"} -> [{"payload"} or {"error"}]
// npm.mjs LIBRARY ready    {}                                                -> [{"version"}]

import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

const algorithm = "RS256";
const algorithms = [algorithm];

const libraries = {
  async jose() {
    // In Node.js 18, which Debian 12 has, it is not global.
    globalThis.crypto ??= webcrypto;
    const { SignJWT, createLocalJWKSet, importPKCS8, importSPKI, jwtVerify } = await import("jose");
    return {
      async signer(pem) {
        const key = await importPKCS8(pem, algorithm);
        return (payload, kid) => new SignJWT(payload).setProtectedHeader({ alg: algorithm, typ: "JWT", kid }).sign(key);
      },
      async verifier({ publicKey, jwks, typ = "JWT", audience, issuer }) {
        const key = jwks ? createLocalJWKSet(jwks) : await importSPKI(publicKey, algorithm);
        return async (token) => (await jwtVerify(token, key, { algorithms, typ, audience, issuer })).payload;
      },
      nameOf: (error) => error.code,
    };
  },

  async jsonwebtoken() {
    const { default: jwt } = await import("jsonwebtoken");
    return {
      signer(pem) {
        const key = createPrivateKey(pem);
        return (payload, keyid) => jwt.sign(payload, key, { algorithm, ...(keyid && { keyid }) });
      },
      verifier({ publicKey, audience, issuer }) {
        const key = createPublicKey(publicKey);
        return (token) => jwt.verify(token, key, { algorithms, audience, issuer });
      },
      nameOf: (error) => error.message,
    };
  },

  async "fast-jwt"() {
    const { createSigner, createVerifier } = await import("fast-jwt");
    return {
      signer: (key) => (payload, kid) => createSigner({ key, algorithm, kid })(payload),
      verifier: ({ publicKey, typ, audience, issuer }) =>
        createVerifier({ key: publicKey, algorithms, checkTyp: typ, allowedAud: audience, allowedIss: issuer }),
      nameOf: (error) => error.code,
    };
  },
};

const verbs = {
  async issue({ privateKey, asked }, { signer }) {
    const sign = await signer(privateKey);
    return Promise.all(asked.map(async ({ payload, keyId }) => ({ token: await sign(payload, keyId ?? undefined) })));
  },

  async verify({ tokens, ...keys }, { verifier, nameOf }) {
    const read = await verifier(keys);
    return Promise.all(tokens.map(async (token) => {
      try {
        return { payload: await read(token) };
      } catch (error) {
        return { error: nameOf(error) };
      }
    }));
  },

  ready: () => [{ version: JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version }],
};

const [name, verb] = process.argv.slice(2);
const input = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await verbs[verb](input, await libraries[name]())));
