"""A FastAPI site whose users sign in with Foyer. Needs: pip install fastapi uvicorn authlib httpx itsdangerous

ISSUER=http://localhost:8000/o/app_… CLIENT_ID=cli_… CLIENT_SECRET=foyer_cs_… uvicorn fastapi_site:app --port 3000
"""

import os
import secrets
from html import escape
from urllib.parse import urlencode

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

ISSUER = os.environ["ISSUER"]
ORIGIN = os.environ.get("ORIGIN", "http://localhost:3000")

app = FastAPI()
# The session is a signed cookie. Set SESSION_SECRET, so that sessions outlast a restart.
app.add_middleware(
    SessionMiddleware,
    secret_key=os.environ.get("SESSION_SECRET") or secrets.token_hex(32),
    https_only=ORIGIN.startswith("https:"),
)

oauth = OAuth()
oauth.register(
    "foyer",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
)


@app.get("/", response_class=HTMLResponse)
async def home(request: Request):
    user = request.session.get("user")
    if not user:
        return '<h1>Welcome</h1><a href="/signin">Sign in</a>'
    return f'<h1>Hello, {escape(user["name"])}</h1><a href="/signout">Sign out</a>'


@app.get("/signin")
async def sign_in(request: Request):
    return await oauth.foyer.authorize_redirect(request, f"{ORIGIN}/callback")


@app.get("/callback")
async def callback(request: Request):
    try:
        tokens = await oauth.foyer.authorize_access_token(request)
    except OAuthError as error:
        return HTMLResponse(f'The sign-in failed: {escape(str(error))}. <a href="/">Try again</a>', 400)
    claims = tokens["userinfo"]
    name = claims.get("name") or claims.get("email") or claims["sub"]
    request.session["user"] = {"id": claims["sub"], "name": name}
    request.session["id_token"] = tokens["id_token"]
    return RedirectResponse("/")


@app.get("/signout")
async def sign_out(request: Request):
    id_token = request.session.get("id_token")
    request.session.clear()
    if not id_token:
        return RedirectResponse("/")
    metadata = await oauth.foyer.load_server_metadata()
    query = urlencode({"id_token_hint": id_token, "post_logout_redirect_uri": f"{ORIGIN}/"})
    return RedirectResponse(f'{metadata["end_session_endpoint"]}?{query}')
