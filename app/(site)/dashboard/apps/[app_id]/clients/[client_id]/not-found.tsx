// No such client in this App; another App's is none either.
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "../../../../notice";

export const metadata: Metadata = { title: "Not found" };

export default function ClientNotFound() {
  return (
    <Notice
      eyebrow="404"
      title="There is no such client"
      action={
        <ButtonLink href="/dashboard" prefetch={false}>
          Your Apps
        </ButtonLink>
      }
    >
      <p>No client of this App has this id. It may have been deleted, or the id belongs to another App.</p>
    </Notice>
  );
}
