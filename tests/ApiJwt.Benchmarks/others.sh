#!/usr/bin/env bash
# Measures the same token and key in Python (PyJWT) and Node (fast-jwt, jose), and prints a line for each installed library.
# Run it on the same machine as the quick benchmark. Only ratios to the figures of OpenSSL can be compared.
#   others.sh             measures the installed libraries
#   others.sh --install   first installs fast-jwt and jose into node_modules in this folder
set -euo pipefail
cd "$(dirname "$0")"

python=/usr/bin/python3
if [[ ${1:-} == --install ]]; then
  npm install --no-save --no-package-lock --no-audit --no-fund --silent fast-jwt jose
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WORK=$work
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/private.pem" 2>/dev/null
openssl pkey -in "$work/private.pem" -pubout -out "$work/public.pem"
cat > "$work/payload.json" <<'JSON'
{"iss":"auth_support","sub":"user@domain.com","exp":4102444800,"level":"3.1","factor":"yubikey","target":"user@domain.com","dnt":"0","scopes":"support:mobile"}
JSON
echo "RS256, 2048 bits, the payload of the README, µs per operation, medians of 15 slices"

if "$python" -c 'import jwt, cryptography' 2>/dev/null; then
  "$python" - <<'PY'
import json, os, statistics, time
import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

work = os.environ["WORK"]
read = lambda name: open(os.path.join(work, name), "rb").read()
private, public = load_pem_private_key(read("private.pem"), None), load_pem_public_key(read("public.pem"))
payload = json.loads(read("payload.json"))
token = jwt.encode(payload, private, "RS256", headers={"kid": "a" * 43})


def microseconds(operation, count):
    def once():
        begin = time.perf_counter()
        for _ in range(count):
            operation()
        return (time.perf_counter() - begin) * 1e6 / count
    once()
    return statistics.median(once() for _ in range(15))


verify = microseconds(lambda: jwt.decode(token, public, ["RS256"], options={"require": ["exp"]}), 500)
verify_pem = microseconds(lambda: jwt.decode(token, read("public.pem"), ["RS256"]), 100)
sign = microseconds(lambda: jwt.encode(payload, private, "RS256"), 50)
print(f"PyJWT {jwt.__version__}: verify {verify:.1f} (key parsed each time: {verify_pem:.1f}), sign {sign:.1f}")
PY
else
  echo "PyJWT: not installed (python3-jwt)"
fi

cat > "$work/measure.mjs" <<'JS'
import { createRequire } from 'node:module';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.HERE + '/');
const read = name => readFileSync(`${process.env.WORK}/${name}`, 'utf8');
const [key, cert, payload] = [read('private.pem'), read('public.pem'), JSON.parse(read('payload.json'))];
const kid = 'a'.repeat(43);
const version = name => JSON.parse(readFileSync(`${process.env.HERE}/node_modules/${name}/package.json`, 'utf8')).version;
const microseconds = async (operation, count) => {
  const slices = [];
  for (let slice = 0; slice < 16; slice++) {
    const begin = process.hrtime.bigint();
    for (let i = 0; i < count; i++) await operation();
    slices.push(Number(process.hrtime.bigint() - begin) / 1000 / count);
  }
  return slices.slice(1).sort((a, b) => a - b)[7].toFixed(1);
};

if (process.argv[2] === 'fast-jwt') {
  const { createSigner, createVerifier } = require('fast-jwt');
  const signer = createSigner({ key, algorithm: 'RS256', kid });
  const token = signer(payload);
  const verifier = createVerifier({ key: cert, algorithms: ['RS256'], cache: false });
  const cached = createVerifier({ key: cert, algorithms: ['RS256'], cache: 1000 });
  console.log(`fast-jwt ${version('fast-jwt')}: verify ${await microseconds(() => verifier(token), 500)} (with its cache: ${await microseconds(() => cached(token), 500)}), sign ${await microseconds(() => signer(payload), 50)}`);
} else {
  const { SignJWT, jwtVerify } = await import(pathToFileURL(require.resolve('jose')).href);
  const [privateKey, publicKey] = [createPrivateKey(key), createPublicKey(cert)];
  const sign = () => new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey);
  const token = await sign();
  console.log(`jose ${version('jose')}: verify ${await microseconds(() => jwtVerify(token, publicKey, { algorithms: ['RS256'] }), 500)}, sign ${await microseconds(sign, 50)}`);
}
JS
for package in fast-jwt jose; do
  if command -v node >/dev/null && [[ -d node_modules/$package ]]; then
    HERE=$PWD node "$work/measure.mjs" "$package"
  else
    echo "$package: not installed (others.sh --install)"
  fi
done
