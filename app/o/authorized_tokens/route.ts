/** Where django-oauth-toolkit lists a user's tokens. */
import { missingAuthorizedTokens } from "@/lib/oauth/endpoints/missing-document";

export const GET = missingAuthorizedTokens;
