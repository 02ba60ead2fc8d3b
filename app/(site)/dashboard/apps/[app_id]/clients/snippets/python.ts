/** Python: Authlib with Flask. */
import { quoted, type SnippetValues } from "./snippet";

function pathOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).pathname : "/callback";
}

export function authlib({ issuer, client, redirectUri, scope }: SnippetValues): string {
  return `# pip install authlib flask requests
import os
from authlib.integrations.flask_client import OAuth
from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
oauth = OAuth(app)
oauth.register(
    "foyer",
    client_id=${quoted(client.id)},
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=${quoted(`${issuer}/.well-known/openid-configuration`)},
    client_kwargs={"scope": ${quoted(scope)}, "code_challenge_method": "S256"},
)

@app.get("/login")
def login():
    return oauth.foyer.authorize_redirect(${quoted(redirectUri)})

@app.get(${quoted(pathOf(redirectUri))})
def callback():
    token = oauth.foyer.authorize_access_token()
    return token["userinfo"]`;
}
