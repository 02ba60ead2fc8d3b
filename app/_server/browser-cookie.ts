/** Browser-binding cookie: a connection test must end in the browser that started it. */
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import {
  BROWSER_COOKIE_SECONDS,
  browserCookieName,
  earlierBrowserCookieName,
  newBrowserSecret,
} from "@/lib/oauth/authorize/interaction";

/** → the cookie's secret */
export async function bindBrowser(appId: string): Promise<string> {
  const jar = await cookies();
  const name = browserCookieName();
  const known = jar.get(name)?.value;
  const secret = known && /^[\w-]{43}$/.test(known) ? known : newBrowserSecret();
  const options = { httpOnly: true, secure: env().https, sameSite: "lax", path: "/" } as const;
  jar.set(name, secret, { ...options, maxAge: BROWSER_COOKIE_SECONDS });
  const earlier = earlierBrowserCookieName(appId);
  if (jar.has(earlier)) jar.set(earlier, "", { ...options, maxAge: 0 });
  return secret;
}
