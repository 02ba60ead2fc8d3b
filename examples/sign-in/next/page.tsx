// app/page.tsx: a page that greets the user.
import { type JWTPayload, jwtVerify } from "jose";
import { cookies } from "next/headers";

const secret = new TextEncoder().encode(process.env.SESSION_SECRET);

/** The signed-in user, or null. */
async function currentUser(): Promise<JWTPayload | null> {
  const session = (await cookies()).get("session")?.value ?? "";
  const verified = await jwtVerify(session, secret, { algorithms: ["HS256"] }).catch(() => null);
  return verified?.payload ?? null;
}

export default async function Home() {
  const user = await currentUser();
  // Plain links: Next's Link would fetch them in advance, and sign the user out.
  if (!user) return <a href="/auth/signin">Sign in</a>;
  return (
    <main>
      <h1>Hello, {String(user.name ?? user.sub)}</h1>
      <a href="/auth/signout">Sign out</a>
    </main>
  );
}
