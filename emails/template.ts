/** What a mail's file exports: its subject, and itself. */
import type { ReactElement } from "react";
import type { MailBrand } from "@/lib/mail/mail";

export interface Template<Data> {
  subject: (data: Data, brand: MailBrand) => string;
  Mail: (props: Data & { brand: MailBrand }) => ReactElement;
}
