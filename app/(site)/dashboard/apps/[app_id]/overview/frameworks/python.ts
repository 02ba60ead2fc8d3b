import { type Framework, IN_THE_SHELL, SECOND_FACTOR } from "./framework";

function post(url: string, body: Record<string, string>): string {
  const lines = Object.entries(body).map(
    ([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  return `import os

import requests

response = requests.post(
    "${url}",
    headers={"Authorization": f"Bearer {os.environ['FOYER_API_KEY']}"},
    json={
${lines.join("\n")}
    },
    timeout=10,
)
print(response.status_code, response.json())  # token, refresh_token, user, …`;
}

export const python: Framework = {
  id: "python",
  label: "Python",
  prepare: () => ({ ...IN_THE_SHELL, code: `${IN_THE_SHELL.code}\npip install requests "PyJWT[crypto]"` }),
  signUp: ({ signUpUrl, email, password }) => ({
    title: "signup.py",
    code: post(signUpUrl, { email, password, name: "Bob" }),
  }),
  signIn: ({ signInUrl, email, password }) => ({ title: "signin.py", code: post(signInUrl, { email, password }) }),
  secondFactor: ({ secondFactorUrl }) => ({
    title: "second-factor.py",
    code: post(secondFactorUrl, SECOND_FACTOR),
  }),
  verify: ({ issuer, appId }) => ({
    title: "verify.py",
    code: `import jwt

ISSUER = "${issuer}"
KEYS = jwt.PyJWKClient(f"{ISSUER}/jwks")


def verify(token):
    """Returns the user’s ID. Raises for a token that is forged, expired or of another app."""
    key = KEYS.get_signing_key_from_jwt(token)
    rules = {"algorithms": ["ES256", "RS256"], "issuer": ISSUER, "audience": "${appId}"}
    verified = jwt.decode_complete(token, key, **rules)
    if verified["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("not an access token")
    return verified["payload"]["sub"]`,
  }),
  refresh: ({ refreshUrl }) => ({
    title: "refresh.py",
    code: `import requests


def refresh(refresh_token):
    """Returns the next session. Store its token and refresh_token in place of the old ones."""
    response = requests.post("${refreshUrl}", json={"refresh_token": refresh_token}, timeout=10)
    if response.status_code == 401:
        return None  # the session has ended
    response.raise_for_status()
    return response.json()`,
  }),
};
