// A React single-page app whose users sign in with Foyer. Needs: npm install react react-dom react-oidc-context oidc-client-ts
import { WebStorageStateStore } from "oidc-client-ts";
import { createRoot } from "react-dom/client";
import { AuthProvider, useAuth } from "react-oidc-context";

const settings = {
  authority: "http://localhost:8000/o/app_…",
  // A public client: a browser can't keep a secret. PKCE protects the code.
  client_id: "cli_…",
  redirect_uri: `${location.origin}/`,
  post_logout_redirect_uri: `${location.origin}/`,
  // `offline_access`: a refresh token, so that the session outlasts the access token.
  scope: "openid profile email offline_access",
  userStore: new WebStorageStateStore({ store: localStorage }),
  // Removes the code from the address bar.
  onSigninCallback: () => history.replaceState({}, "", location.pathname),
};

function Page() {
  const auth = useAuth();
  if (auth.isLoading) return <p>Loading…</p>;
  if (auth.error) return <p role="alert">The sign-in failed: {auth.error.message}</p>;
  if (!auth.isAuthenticated)
    return (
      <button type="button" onClick={() => auth.signinRedirect()}>
        Sign in
      </button>
    );
  const { name, email, sub } = auth.user?.profile ?? {};
  return (
    <main>
      <h1>Hello, {name ?? email ?? sub}</h1>
      <button type="button" onClick={() => auth.signoutRedirect()}>
        Sign out
      </button>
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <AuthProvider {...settings}>
    <Page />
  </AuthProvider>,
);
