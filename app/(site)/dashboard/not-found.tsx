// 404 within the dashboard: what does not exist, and what is somebody else's.
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "./notice";

export const metadata: Metadata = { title: "Not found" };

export default function DashboardNotFound() {
  return (
    <Notice
      eyebrow="404"
      title="There is no such room"
      action={
        <ButtonLink href="/dashboard" prefetch={false}>
          Your Apps
        </ButtonLink>
      }
    >
      <p>It does not exist, or it belongs to an App that you are no member of. Please check the address.</p>
    </Notice>
  );
}
