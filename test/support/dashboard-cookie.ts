/** The cookie of a developer's dashboard session. */
import { encode } from "next-auth/jwt";
import { cookieSecret } from "@/app/_server/auth-options";
import { cookieName } from "@/app/_server/dashboard-cookie";
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import { TENANT_ZERO } from "@/lib/ids";
import { newBrowserSession } from "@/lib/sessions/sessions";

/** Creates a session. → the cookie header and the session ID */
export async function asDeveloper(developerId: string): Promise<{ cookie: string; sessionId: string }> {
  const { row } = newBrowserSession(await getApp(TENANT_ZERO), developerId, ["pwd"]);
  await db().session.create({ data: row, select: { id: true } });
  const value = await encode({ token: { sub: developerId, sid: row.id }, secret: cookieSecret() });
  return { cookie: `${cookieName()}=${value}`, sessionId: row.id };
}
