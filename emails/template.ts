/** What each email template exports: its subject and its content. */
import type { ReactElement } from "react";

/** How an app looks in its emails. */
export interface EmailBrand {
  appName: string;
  logoUrl: string | null;
  color: string | null;
}

export interface EmailTemplate<Data> {
  /** Also the heading of the email. */
  subject: (data: Data, brand: EmailBrand) => string;
  Email: (props: Data & { brand: EmailBrand; subject: string }) => ReactElement;
}
