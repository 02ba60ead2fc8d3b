/** The end of a developer's sign-in with a second factor: sets the dashboard's cookie. Served by Next. */
import { redirect } from "next/navigation";
import { bindBrowser } from "@/app/_server/browser-cookie";
import { enterDashboard, signingInDashboard } from "@/app/_server/dashboard-session";
import { safeNext } from "@/app/_server/next-path";
import { getApp } from "@/lib/apps/apps";
import { isAppError } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { redeemDashboardEntry } from "@/lib/signin/dashboard-entry";

export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const path = safeNext(searchParams.get("next"));
  const signIn = await signInByEntry(searchParams.get("entry") ?? "", path);
  return signIn ? enterDashboard(signIn, path) : redirect("/login?done=ended");
}

async function signInByEntry(secret: string, path: string) {
  const [app, cookie, browser] = [
    await getApp(TENANT_ZERO),
    await bindBrowser(TENANT_ZERO),
    await signingInDashboard(path),
  ];
  try {
    return await redeemDashboardEntry(app, secret, cookie, browser);
  } catch (error) {
    if (isAppError(error) && error.status < 500) return null;
    throw error;
  }
}
