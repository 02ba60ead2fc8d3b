"""A Flask server that accepts access tokens of your app. Needs: pip install "PyJWT[crypto]" flask

FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… python verify.py

Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
`aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
"""
import os
from functools import wraps

import jwt
from flask import Flask, g, jsonify, request

ISSUER = os.environ["FOYER_ISSUER"]
APP_ID = os.environ["FOYER_APP_ID"]

# Caches the keys for five minutes. An unknown key ID refetches them, at most every 30 seconds.
KEYS = jwt.PyJWKClient(f"{ISSUER}/jwks", lifespan=300, timeout=5)


def verify(token):
    """Returns the claims of a valid token. `sub` is the user ID, `sid` the session ID. Raises PyJWTError."""
    key = KEYS.get_signing_key_from_jwt(token)
    rules = {"algorithms": ["ES256", "RS256"], "issuer": ISSUER, "audience": APP_ID}
    verified = jwt.decode_complete(token, key, options={"require": ["exp", "iss", "aud", "sub"]}, **rules)
    if verified["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("not an access token")
    return verified["payload"]


def require_user(view):
    """Sets `g.user` to the claims, or responds with 401."""

    @wraps(view)
    def guarded(*args, **kwargs):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            g.user = verify(token.strip() if scheme.lower() == "bearer" else "")
        except jwt.PyJWKClientConnectionError:
            return jsonify(error="keys_unavailable"), 503, {"Retry-After": "5"}
        except jwt.PyJWTError:
            return jsonify(error="invalid_token"), 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return view(*args, **kwargs)

    return guarded


app = Flask(__name__)


@app.get("/me")
@require_user
def me():
    return jsonify(user_id=g.user["sub"])


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 3000)))
