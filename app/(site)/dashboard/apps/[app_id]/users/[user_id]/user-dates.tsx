// When the user was created, updated and last signed in.
import type { ReactNode } from "react";
import { FactList } from "@/app/_ui/fact-list";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { ManagedUser } from "./card-props";

export function UserDates({ user }: { user: ManagedUser }) {
  const rows: [string, ReactNode][] = [
    ["Created", <RelativeTime key="created" at={new Date(user.created_at)} />],
    ["Last sign-in", user.last_sign_in_at ? <RelativeTime key="in" at={new Date(user.last_sign_in_at)} /> : "Never"],
    ["Updated", <RelativeTime key="updated" at={new Date(user.updated_at)} />],
  ];
  return <FactList facts={rows} />;
}
