// No such user in this App; another App's is none either.
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "../../../../notice";

export const metadata: Metadata = { title: "Not found" };

export default function UserNotFound() {
  return (
    <Notice
      eyebrow="404"
      title="There is no such user"
      action={
        <ButtonLink href="." prefetch={false}>
          All users
        </ButtonLink>
      }
    >
      <p>Nobody in this App has this id. They may have been deleted, or the id belongs to another App.</p>
    </Notice>
  );
}
