// Browsers that skip the developer's second factor.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { formatCount } from "@/app/_ui/format-count";
import { SubmitButton } from "@/app/_ui/submit-button";
import { forgetBrowsersAction } from "./actions";

export function RememberedBrowsersCard({ count }: { count: number }) {
  return (
    <Card title="Remembered browsers" description="They don’t ask for your second factor.">
      <Form
        action={forgetBrowsersAction}
        success="Browsers forgotten"
        className="flex flex-wrap items-center justify-between gap-3"
      >
        <p className="text-sm text-ink-muted">{formatCount(count, "browser")}.</p>
        <SubmitButton variant="secondary" size="sm">
          Forget all
        </SubmitButton>
      </Form>
    </Card>
  );
}
