/** Search parameters of the users page, their filters, and their conversion to a query. */
import type { Filter } from "@/app/_ui/filter-bar";
import { nowMs } from "@/lib/clock";
import { UserQuery } from "@/lib/users/search";

const DAY_MS = 86_400_000;
const PAGE_SIZE = "25";

/** Choices of the filter by last sign-in. */
const SIGNED_IN: Record<string, { label: string; query: (now: number) => Record<string, string> }> = {
  day: { label: "Signed in: last 24 hours", query: (now) => since(now, 1) },
  week: { label: "Signed in: last 7 days", query: (now) => since(now, 7) },
  month: { label: "Signed in: last 30 days", query: (now) => since(now, 30) },
  quiet: {
    label: "Inactive for 90 days",
    query: (now) => ({ signed_in_before: new Date(now - 90 * DAY_MS).toISOString() }),
  },
  never: { label: "Never signed in", query: () => ({ signed_in: "false" }) },
};

function since(now: number, days: number): Record<string, string> {
  return { signed_in_after: new Date(now - days * DAY_MS).toISOString() };
}

const BOOLEAN_FILTERS: Record<
  "email_verified" | "has_password" | "has_factor" | "disabled",
  Omit<Filter, "name" | "value">
> = {
  email_verified: {
    label: "Email verification",
    any: "Any email status",
    choices: [
      { value: "true", label: "Email verified" },
      { value: "false", label: "Email unverified" },
    ],
  },
  has_password: {
    label: "Password",
    any: "Any password",
    choices: [
      { value: "true", label: "With password" },
      { value: "false", label: "Without password" },
    ],
  },
  has_factor: {
    label: "Second factor",
    any: "Any second factor",
    choices: [
      { value: "true", label: "With second factor" },
      { value: "false", label: "Without second factor" },
    ],
  },
  disabled: {
    label: "Status",
    any: "Any status",
    choices: [
      { value: "false", label: "Active" },
      { value: "true", label: "Disabled" },
    ],
  },
};

const NAMES = ["q", "email_verified", "has_password", "has_factor", "disabled", "signed_in"] as const;

export type UserSearch = Partial<Record<(typeof NAMES)[number] | "cursor", string>>;

type Sent = Record<string, string | string[] | undefined>;

/** Ignores unknown and empty parameters. */
export function readSearch(sent: Sent): UserSearch {
  const given = [...NAMES, "cursor" as const].flatMap((name) => {
    const value = sent[name];
    return typeof value === "string" && value.trim() ? [[name, value.trim()] as const] : [];
  });
  return Object.fromEntries(given);
}

export function searchParams(search: UserSearch): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

export function toQuery({ signed_in, ...search }: UserSearch): UserQuery {
  const signedIn = signed_in ? SIGNED_IN[signed_in]?.query(nowMs()) : undefined;
  const parsed = UserQuery.safeParse({ ...search, ...signedIn, limit: PAGE_SIZE });
  return parsed.success ? parsed.data : UserQuery.parse({ limit: PAGE_SIZE });
}

export function userFilters(search: UserSearch): Filter[] {
  const names = Object.keys(BOOLEAN_FILTERS) as (keyof typeof BOOLEAN_FILTERS)[];
  return [
    ...names.map((name) => ({ ...BOOLEAN_FILTERS[name], name, value: search[name] })),
    {
      name: "signed_in",
      label: "Last sign-in",
      any: "Any last sign-in",
      choices: Object.entries(SIGNED_IN).map(([value, { label }]) => ({ value, label })),
      value: search.signed_in,
    },
  ];
}
