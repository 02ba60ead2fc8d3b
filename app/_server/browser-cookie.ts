/** Browser-binding cookie: a connection test must end in the browser that started it. */
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { browserCookieName, newBrowserSecret } from "@/lib/oauth/authorize/interaction";

/** → the cookie's secret */
export async function bindBrowser(appId: string): Promise<string> {
  const jar = await cookies();
  const name = browserCookieName(appId);
  const known = jar.get(name)?.value;
  const secret = known && /^[\w-]{43}$/.test(known) ? known : newBrowserSecret();
  jar.set(name, secret, { httpOnly: true, secure: env().https, sameSite: "lax", path: "/" });
  return secret;
}
