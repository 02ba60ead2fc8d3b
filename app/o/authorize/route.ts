import { handler } from "@/lib/http/handler";
import { authorize, renderAuthorizeError } from "@/lib/oauth/endpoints/authorize";

export const GET = handler(authorize, renderAuthorizeError);
export const POST = handler(authorize, renderAuthorizeError);
