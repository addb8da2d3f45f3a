"""Speaks for PyJWT: reads one JSON object from standard input, writes one to standard output.

pyjwt.py issue    {"privateKey", "now", "timeToLive", "requests"}   -> [{"token", "payload"}]
pyjwt.py verify   {"publicKey", "tokens", "audience"}               -> [{"payload"} or {"error"}]
pyjwt.py ready    {}                                                -> []
"""

import json
import math
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

DEFAULTS = {"level": 0.0, "factor": "", "target": "", "dnt": 0, "scopes": [], "tenant": "none"}
ISSUERS = {"user": "auth_user", "support": "auth_support", "admin": "auth_admin"}


def wire(claim, value):
    """Every claim but sub and exp is a string; a list is joined with commas."""
    if isinstance(value, list):
        return ",".join(value)
    # JSON has one kind of number, and C# writes 3.0 as 3.
    return str(float(value)) if claim in ("level", "rate") else str(value)


def payload_of(request, expiry):
    given = {claim: value for claim, value in request.items() if value is not None}
    key = given.pop("key", "user")
    claims = {**DEFAULTS, **given}
    payload = {claim: wire(claim, value) for claim, value in claims.items()}
    payload["iss"] = ISSUERS[key]
    payload["exp"] = expiry
    return payload


def issue(data):
    expiry = math.floor(data["now"] + data["timeToLive"])
    # Checking a private key takes longer than using it.
    key = load_pem_private_key(data["privateKey"].encode(), password=None)
    for request in data["requests"]:
        payload = payload_of(request, expiry)
        yield {"token": jwt.encode(payload, key, algorithm="RS256"), "payload": payload}


def verify(data):
    key = load_pem_public_key(data["publicKey"].encode())
    for token in data["tokens"]:
        try:
            yield {"payload": jwt.decode(token, key, algorithms=["RS256"], audience=data.get("audience"))}
        except jwt.InvalidTokenError as error:
            yield {"error": type(error).__name__}


verb = {"issue": issue, "verify": verify, "ready": lambda data: []}[sys.argv[1]]
json.dump(list(verb(json.load(sys.stdin))), sys.stdout)
