// 404 page.
import type { Metadata } from "next";
import { ButtonLink } from "./_ui/button";
import { MessagePage } from "./_ui/message-page";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <MessagePage eyebrow="404" title="Page not found" action={<ButtonLink href="/">Go to the home page</ButtonLink>}>
      <p>Check the URL. The page may have moved or been deleted.</p>
    </MessagePage>
  );
}
