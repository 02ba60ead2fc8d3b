/** Sign-ins of browsers, for tests that call the domain directly. */
import { randomBytes } from "node:crypto";
import { sha256 } from "@/lib/crypto/hash";
import type { BrowserSignIn, PendingBrowserSignIn, SigningInBrowser } from "@/lib/signin/complete";
import type { ReturnRedirect } from "@/lib/signin/delivery";

/** A browser with a cookie of its own. */
export function someBrowser(secret = randomBytes(32).toString("base64url")): SigningInBrowser {
  return { binding: { hash: sha256(secret).toString("base64url"), goal: { type: "account", page: "account" } } };
}

/** The sign-in of a user who needs no second factor. */
export function admitted(signIn: BrowserSignIn | PendingBrowserSignIn): BrowserSignIn {
  if (signIn.type === "pending") throw new Error("The sign-in needs a second factor");
  return signIn;
}

/** The delivery of a sign-in that needs no second factor. */
export function returned(delivered: ReturnRedirect | PendingBrowserSignIn): ReturnRedirect {
  if ("type" in delivered) throw new Error("The sign-in needs a second factor");
  return delivered;
}
