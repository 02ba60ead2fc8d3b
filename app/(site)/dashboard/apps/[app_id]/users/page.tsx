// The users of an App: search, filter, page, and ways to add some.
import { FileDown, FileUp, MailPlus, UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterBar } from "@/app/_ui/filter-bar";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listUsers } from "@/lib/users/search";
import { type AppPageProps, appPath } from "../app-paths";
import { readSearch, searchParams, toQuery, userFilters } from "./query";
import { UserTable } from "./user-table";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ params, searchParams: sent }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, path);
  const search = readSearch(await sent);
  const { data: users, next_cursor } = await listUsers(app.id, toQuery(search));
  const mayChange = includesRole(role, "admin");
  const { cursor, ...narrowing } = search;
  const narrowed = Object.keys(narrowing).length > 0;
  const untouched = users.length === 0 && !narrowed && !cursor;

  if (untouched) {
    return (
      <>
        <PageHeader title="Users" />
        <EmptyState
          title="Nobody lives here yet"
          action={
            mayChange && (
              <span className="flex flex-wrap justify-center gap-3">
                <AddLink path={path} />
                <InviteLink path={path} />
                <ImportLink path={path} />
              </span>
            )
          }
        >
          <p>
            Users come in when your backend signs them up: the <TextLink href={appPath(app.id)}>quickstart</TextLink>{" "}
            shows how. {mayChange && "Or add somebody yourself, or bring all of them from where they are now."}
          </p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Users"
        actions={
          mayChange && (
            <>
              <ImportLink path={path} />
              <ButtonLink variant="secondary" href={`${path}/export`} prefetch={false}>
                <FileDown aria-hidden="true" className="size-4" strokeWidth={1.75} />
                Export
              </ButtonLink>
              <InviteLink path={path} />
              <AddLink path={path} />
            </>
          )
        }
      />
      <div className="mb-4">
        <FilterBar
          action={path}
          search={{ label: "Search users", placeholder: "E-mail, name or id", value: search.q }}
          filters={userFilters(search)}
          narrowed={narrowed}
        />
      </div>
      {users.length > 0 ? (
        <UserTable users={users} path={path} />
      ) : (
        <EmptyState title="No user matches">
          <p>
            {search.q
              ? "A part of the address or name is enough; an id must be whole."
              : cursor
                ? "The list ends before this page."
                : "Nobody here is like that."}
          </p>
        </EmptyState>
      )}
      <Pager
        label="Users"
        first={cursor && `${path}${searchParams(narrowing)}`}
        next={next_cursor ? `${path}${searchParams({ ...narrowing, cursor: next_cursor })}` : undefined}
      />
    </>
  );
}

function AddLink({ path }: { path: string }) {
  return (
    <ButtonLink href={`${path}/new`} prefetch={false}>
      <UserPlus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Add user
    </ButtonLink>
  );
}

function InviteLink({ path }: { path: string }) {
  return (
    <ButtonLink variant="secondary" href={`${path}/invitations`} prefetch={false}>
      <MailPlus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Invite
    </ButtonLink>
  );
}

function ImportLink({ path }: { path: string }) {
  return (
    <ButtonLink variant="secondary" href={`${path}/import`} prefetch={false}>
      <FileUp aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Import
    </ButtonLink>
  );
}
