// Users of an app: search, filters, and links to add users.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterBar } from "@/app/_ui/filter-bar";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { listUsers } from "@/lib/users/search";
import { type AppPageProps, appPath } from "../app-paths";
import { readSearch, searchParams, toQuery, type UserSearch, userFilters } from "./query";
import { AddUserLink, ExportUsersLink, ImportUsersLink, InviteUsersLink } from "./user-actions";
import { UserTable } from "./user-table";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ params, searchParams: sent }: AppPageProps) {
  const { app_id } = await params;
  const path = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, path);
  const search = readSearch(await sent);
  const list = await listUsers(app.id, toQuery(search));
  const canEdit = includesRole(role, "admin");
  const hasUsers = list.data.length > 0 || Object.keys(search).length > 0;

  return (
    <>
      <PageHeader title="Users" actions={hasUsers && canEdit && <UserActions path={path} />} />
      {hasUsers ? (
        <UserList list={list} search={search} path={path} />
      ) : (
        <NoUsers path={path} quickstart={appPath(app.id)} canEdit={canEdit} />
      )}
    </>
  );
}

function UserActions({ path }: { path: string }) {
  return (
    <>
      <ImportUsersLink path={path} />
      <ExportUsersLink path={path} />
      <InviteUsersLink path={path} />
      <AddUserLink path={path} />
    </>
  );
}

function NoUsers({ path, quickstart, canEdit }: { path: string; quickstart: string; canEdit: boolean }) {
  const actions = (
    <span className="flex flex-wrap justify-center gap-3">
      <AddUserLink path={path} />
      <InviteUsersLink path={path} />
      <ImportUsersLink path={path} />
    </span>
  );
  return (
    <EmptyState title="No users yet" action={canEdit && actions}>
      <p>
        Users appear here after they sign up. The <TextLink href={quickstart}>quickstart</TextLink> shows how your
        backend signs up users. {canEdit && "You can also add, invite or import users."}
      </p>
    </EmptyState>
  );
}

type UserListProps = { list: Awaited<ReturnType<typeof listUsers>>; search: UserSearch; path: string };

function UserList({ list: { data: users, next_cursor: next }, search, path }: UserListProps) {
  const { cursor, ...filters } = search;
  return (
    <>
      <div className="mb-4">
        <FilterBar
          action={path}
          search={{ label: "Search users", placeholder: "Email, name or ID", value: search.q }}
          filters={userFilters(search)}
          isFiltered={Object.keys(filters).length > 0}
        />
      </div>
      {users.length > 0 ? (
        <UserTable users={users} path={path} />
      ) : (
        <EmptyState title="No users found">
          <p>{emptyHint(search)}</p>
        </EmptyState>
      )}
      <Pager
        label="Users"
        first={cursor && `${path}${searchParams(filters)}`}
        next={next ? `${path}${searchParams({ ...filters, cursor: next })}` : undefined}
      />
    </>
  );
}

function emptyHint({ q, cursor }: UserSearch): string {
  if (q) return "Enter a part of an email address or name, or a complete ID.";
  return cursor ? "There are no more users." : "Change or clear the filters.";
}
