import type { Metadata } from "next";
import { NotFoundMessage } from "../../../../not-found-message";

export const metadata: Metadata = { title: "Not found" };

export default function ClientNotFound() {
  return (
    <NotFoundMessage
      title="Client not found"
      description="This app has no client with this ID. The client may have been deleted."
      link={{ href: "/dashboard", label: "View your apps" }}
    />
  );
}
