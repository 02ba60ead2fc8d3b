import type { Metadata } from "next";
import { NotFoundMessage } from "../../../../not-found-message";

export const metadata: Metadata = { title: "Not found" };

export default function ClientNotFound() {
  return (
    <NotFoundMessage
      title="Application not found"
      description="This app has no application with this client ID. It may have been deleted."
      link={{ href: "/dashboard", label: "View your apps" }}
    />
  );
}
