// Users of an app: search, filters, and links to add users.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { EmptyState } from "@/app/_ui/empty-state";
import { FilterBar } from "@/app/_ui/filter-bar";
import { PageHeader } from "@/app/_ui/page-header";
import { Pager } from "@/app/_ui/pager";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { includesRole } from "@/lib/apps/members";
import { countUsers, MANY_USERS } from "@/lib/users/count";
import { listUsers } from "@/lib/users/search";
import { type AppPageProps, appPath } from "../app-paths";
import { readSearch, searchParams, toQuery, type UserSearch, userFilters } from "./query";
import { AddUserLink, ExportUsersLink, ImportUsersLink, InviteUsersLink } from "./user-actions";
import { UserMenu } from "./user-menu";
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
        <UserList app={app} list={list} search={search} path={path} canEdit={canEdit} />
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

type UserListProps = {
  app: App;
  list: Awaited<ReturnType<typeof listUsers>>;
  search: UserSearch;
  path: string;
  canEdit: boolean;
};

async function UserList({ app, list: { data: users, next_cursor: next }, search, path, canEdit }: UserListProps) {
  const { cursor, ...filters } = search;
  const isFiltered = Object.keys(filters).length > 0;
  const hasPasswords = app.settings.methods.password;
  return (
    <>
      <div className="mb-4">
        <FilterBar
          action={path}
          search={{ label: "Search users", placeholder: "Email, name or ID", value: search.q }}
          filters={userFilters(search)}
          isFiltered={isFiltered}
        />
      </div>
      {users.length > 0 ? (
        <UserTable
          users={users}
          path={path}
          menu={
            canEdit
              ? (user) => (
                  <UserMenu appId={app.id} user={user} href={`${path}/${user.id}`} hasPasswords={hasPasswords} />
                )
              : null
          }
        />
      ) : (
        <EmptyState title="No users found">
          <p>{emptyHint(search)}</p>
        </EmptyState>
      )}
      <Pager
        label="Users"
        total={isFiltered ? undefined : totalOf(await countUsers(app.id))}
        first={cursor && `${path}${searchParams(filters)}`}
        next={next ? `${path}${searchParams({ ...filters, cursor: next })}` : undefined}
      />
    </>
  );
}

/** "322 users"; counting stops at a limit. */
function totalOf(count: number): string {
  if (count >= MANY_USERS) return `${MANY_USERS.toLocaleString("en")}+ users`;
  return count === 1 ? "1 user" : `${count.toLocaleString("en")} users`;
}

function emptyHint({ q, cursor }: UserSearch): string {
  if (q) return "Enter a part of an email address or name, or a complete ID.";
  return cursor ? "There are no more users." : "Change or clear the filters.";
}
