// 404 for every address that no page answers.
import type { Metadata } from "next";
import { ButtonLink } from "./_ui/button";
import { MessagePage } from "./_ui/message-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      eyebrow="404"
      title="No door at this address"
      action={<ButtonLink href="/">Back to the entrance</ButtonLink>}
    >
      <p>The page may have moved, or a letter got lost on the way. Please check the address.</p>
    </MessagePage>
  );
}
