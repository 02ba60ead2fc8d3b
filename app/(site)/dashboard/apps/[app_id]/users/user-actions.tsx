// Links to add, invite, import and export users.
import { FileDown, FileUp, MailPlus, UserPlus } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";

export function AddUserLink({ path }: { path: string }) {
  return (
    <ButtonLink href={`${path}/new`} prefetch={false}>
      <UserPlus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Add user
    </ButtonLink>
  );
}

export function InviteUsersLink({ path }: { path: string }) {
  return (
    <ButtonLink variant="secondary" href={`${path}/invitations`} prefetch={false}>
      <MailPlus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Invite users
    </ButtonLink>
  );
}

export function ImportUsersLink({ path }: { path: string }) {
  return (
    <ButtonLink variant="secondary" href={`${path}/import`} prefetch={false}>
      <FileUp aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Import users
    </ButtonLink>
  );
}

export function ExportUsersLink({ path }: { path: string }) {
  return (
    <ButtonLink variant="secondary" href={`${path}/export`} prefetch={false}>
      <FileDown aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Export users
    </ButtonLink>
  );
}
