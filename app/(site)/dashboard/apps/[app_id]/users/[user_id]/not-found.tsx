import type { Metadata } from "next";
import { NotFoundMessage } from "../../../../not-found-message";

export const metadata: Metadata = { title: "Not found" };

export default function UserNotFound() {
  return (
    <NotFoundMessage
      title="User not found"
      description="This app has no user with this ID. The user may have been deleted."
      link={{ href: ".", label: "View users" }}
    />
  );
}
