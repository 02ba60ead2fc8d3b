import { linkRoute } from "@/lib/hosted/links/link-route";

export const GET = linkRoute("reset_password");
