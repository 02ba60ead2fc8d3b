/** next-auth's own endpoints; served by Next, whose request context they need. */
import NextAuth from "next-auth";
import { authOptions } from "@/app/_server/auth-options";

type Handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

const handle: Handler = (request, context) => NextAuth(authOptions())(request, context);

export { handle as GET, handle as POST };
