/** Choices for what a return URL receives after a sign-in on Foyer's pages. */
import type { AppSettings } from "@/lib/apps/settings";

export const DELIVERIES = [
  { value: "query", label: "Token in the query: ?token=…" },
  { value: "fragment", label: "Token in the fragment: #token=…" },
  { value: "code", label: "Code that your backend exchanges (recommended)" },
] satisfies { value: AppSettings["delivery"]; label: string }[];

export const DELIVERY_HINT =
  "A token expires after five minutes. A code works once, within one minute, and keeps tokens out of browsers and logs.";
