/** How a sign-in that happened at Foyer reaches a return URL, for people to choose. */
import type { AppSettings } from "@/lib/apps/settings";

export const DELIVERIES = [
  { value: "query", label: "A token in the query: ?token=…" },
  { value: "fragment", label: "A token in the fragment: #token=…" },
  { value: "code", label: "A code that your backend redeems (recommended)" },
] satisfies { value: AppSettings["delivery"]; label: string }[];

export const DELIVERY_HINT =
  "A token lives five minutes. A code lives one, works once, and keeps tokens out of browsers and logs.";
