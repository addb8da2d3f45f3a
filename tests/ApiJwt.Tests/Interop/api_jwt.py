"""Stands in for the Python library api_jwt: reads one JSON object from standard input, writes one array to standard output.

api_jwt.py issue    {"privateKey", "now", "timeToLive", "requests"}   -> [{"token", "payload"}]
api_jwt.py ready    {}                                                -> [{"version"}]

The rules of the library are repeated here, because Debian does not have it.
As in Python, a number in a request can be an integer or a float: 3 and 3.0 are written differently.
"""

import json
import math
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

DEFAULTS = {"level": 0.0, "factor": "", "target": "", "dnt": 0, "scopes": [], "tenant": "none"}
ISSUERS = {"user": "auth_user", "support": "auth_support", "admin": "auth_admin"}


def wire(value):
    """A list is joined with commas, and a number is written as str() writes it."""
    return ",".join(value) if isinstance(value, list) else str(value)


def payload_of(request, expiry):
    given = {claim: value for claim, value in request.items() if value is not None}
    issuer = ISSUERS[given.pop("key", "user")]
    claims = {claim: wire(value) for claim, value in {**DEFAULTS, **given}.items()}
    return {**claims, "iss": issuer, "exp": expiry}


def issue(data):
    expiry = math.floor(data["now"] + data["timeToLive"])
    # Checking a private key takes longer than using it.
    key = load_pem_private_key(data["privateKey"].encode(), password=None)
    for request in data["requests"]:
        payload = payload_of(request, expiry)
        yield {"token": jwt.encode(payload, key, algorithm="RS256"), "payload": payload}


verb = {"issue": issue, "ready": lambda data: [{"version": jwt.__version__}]}[sys.argv[1]]
json.dump(list(verb(json.load(sys.stdin))), sys.stdout)
