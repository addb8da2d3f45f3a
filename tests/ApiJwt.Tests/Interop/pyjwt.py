"""Speaks for PyJWT: reads one JSON object from standard input, writes one array to standard output.

pyjwt.py issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
pyjwt.py verify   {"publicKey", "tokens", "audience", "issuer"}     -> [{"payload"} or {"error"}]
pyjwt.py ready    {}                                                -> [{"version"}]
"""

import json
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


def issue(data):
    # Checking a private key takes longer than using it.
    key = load_pem_private_key(data["privateKey"].encode(), password=None)
    for asked in data["asked"]:
        headers = {"kid": asked["keyId"]} if "keyId" in asked else None
        yield {"token": jwt.encode(asked["payload"], key, algorithm="RS256", headers=headers)}


def verify(data):
    key = load_pem_public_key(data["publicKey"].encode())
    for token in data["tokens"]:
        try:
            yield {"payload": jwt.decode(token, key, algorithms=["RS256"], audience=data.get("audience"), issuer=data.get("issuer"))}
        except jwt.InvalidTokenError as error:
            yield {"error": type(error).__name__}


verb = {"issue": issue, "verify": verify, "ready": lambda data: [{"version": jwt.__version__}]}[sys.argv[1]]
json.dump(list(verb(json.load(sys.stdin))), sys.stdout)
