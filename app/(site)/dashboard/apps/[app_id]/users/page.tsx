// The users of an App: search, page, and a way to add one.
import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { requireMembership } from "@/app/_edge/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { SearchField } from "@/app/_ui/search-field";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listUsers, UserQuery } from "@/lib/users/search";
import { type AppPageProps, appPath } from "../app-paths";
import { UserTable } from "./user-table";

export const metadata: Metadata = { title: "Users" };

const PAGE_SIZE = "25";

type Search = Awaited<AppPageProps["searchParams"]>;

/** What makes no sense in the address is left out. */
function readQuery({ q, cursor }: Search): UserQuery {
  const sent = { q: given(q), cursor: given(cursor), limit: PAGE_SIZE };
  const parsed = UserQuery.safeParse(sent);
  return parsed.success ? parsed.data : UserQuery.parse({ limit: PAGE_SIZE });
}

function given(value: string | string[] | undefined): string | undefined {
  return (typeof value === "string" && value.trim()) || undefined;
}

export default async function UsersPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, path);
  const query = readQuery(await searchParams);
  const { data: users, next_cursor } = await listUsers(app.id, query);
  const mayChange = includesRole(role, "admin");
  const add = mayChange && (
    <ButtonLink href={`${path}/new`} prefetch={false}>
      <UserPlus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Add user
    </ButtonLink>
  );
  const untouched = users.length === 0 && !query.q && !query.cursor;

  function pageAt(cursor: string | null): string {
    const search = new URLSearchParams({ ...(query.q && { q: query.q }), ...(cursor && { cursor }) });
    return search.size > 0 ? `${path}?${search}` : path;
  }

  return (
    <>
      <PageHeader title="Users" actions={!untouched && add} />
      {untouched ? (
        <EmptyState title="Nobody lives here yet" action={add}>
          <p>
            Users come in when your backend signs them up: the <TextLink href={appPath(app.id)}>quickstart</TextLink>{" "}
            shows how. {mayChange && "Or add somebody yourself."}
          </p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-4">
            <SearchField action={path} label="Search users" placeholder="E-mail, name or id" query={query.q} />
          </div>
          {users.length > 0 ? (
            <UserTable users={users} path={path} />
          ) : (
            <EmptyState title="No user matches">
              <p>
                {query.q
                  ? "A part of the address or name is enough; an id must be whole."
                  : "The list ends before this page."}
              </p>
            </EmptyState>
          )}
          <Pager
            label="Users"
            first={query.cursor && pageAt(null)}
            next={next_cursor ? pageAt(next_cursor) : undefined}
          />
        </>
      )}
    </>
  );
}
