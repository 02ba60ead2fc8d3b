// Adds emailed codes during a sign-in.
import { PageCard } from "../page-card";
import type { AddProps } from "./add-authenticator";
import { EmailWay } from "./email-way";
import { StartAgain } from "./start-again";

export function AddEmail({ back, ...shown }: AddProps) {
  return (
    <PageCard
      app={shown.app}
      title="Get codes by email"
      description={<p>Enter the code of an email now, and a new one whenever you sign in.</p>}
      footer={back ? <p>{back}</p> : <StartAgain {...shown} />}
    >
      <EmailWay {...shown} />
    </PageCard>
  );
}
