// The two ways to prove a domain, and the button that checks them.
import { Card } from "@/app/_ui/card";
import { CopyLine } from "@/app/_ui/copy-line";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { dnsRecord, proofFile } from "@/lib/oauth/publisher/domain";
import type { Publisher } from "@/lib/oauth/publisher/publisher";
import { verifyAction } from "./actions";

type ProofStepsProps = { publisher: Publisher; hidden: Record<string, string>; readOnly: boolean };

export function ProofSteps({ publisher, hidden, readOnly }: ProofStepsProps) {
  const record = dnsRecord(publisher);
  const file = proofFile(publisher);
  return (
    <Card
      title={`Prove ${publisher.domain}`}
      description="Add the DNS record or the file, whichever is easier. One is enough."
    >
      <div className="grid gap-6">
        <Way title="DNS record of type TXT">
          <CopyLine label="Name" value={record.name} />
          <CopyLine label="Value" value={record.value} />
        </Way>
        <Way title="File on the website">
          <CopyLine label="URL" value={file.url} />
          <CopyLine label="Line in the file" value={file.line} />
        </Way>
        {!readOnly && (
          <Form action={verifyAction} hidden={hidden} success="Publisher verified">
            <SubmitButton className="justify-self-start">Check now</SubmitButton>
          </Form>
        )}
      </div>
    </Card>
  );
}

function Way({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-2.5 text-sm font-medium">{title}</h3>
      <dl className="grid gap-3">{children}</dl>
    </section>
  );
}
