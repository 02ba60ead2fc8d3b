import { Badge } from "@/app/_ui/badge";
import type { StoredEmail } from "@/lib/mail/mailbox";

const STATUS = {
  kept: { tone: "accent", label: "In mailbox" },
  waiting: { tone: "warning", label: "Pending" },
  sent: { tone: "success", label: "Sent" },
  failed: { tone: "danger", label: "Failed" },
} as const;

export function MailStatus({ status }: Pick<StoredEmail, "status">) {
  const { tone, label } = STATUS[status];
  return <Badge tone={tone}>{label}</Badge>;
}
