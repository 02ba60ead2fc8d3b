// Card with one form and its own submit button.
import type { ReactNode } from "react";
import type { FormAction } from "../_server/action";
import { Card } from "./card";
import { Form } from "./form";
import { SubmitButton } from "./submit-button";

type FormCardProps<Result> = {
  /** The anchor for links to the card. */
  id?: string;
  title: string;
  description?: ReactNode;
  /** On wide screens, the title is to the left of the card. For pages with many cards. */
  beside?: boolean;
  action: FormAction<Result>;
  hidden: Record<string, string>;
  /** Viewers see the values but no button. */
  readOnly: boolean;
  submit?: string;
  success: string;
  children: ReactNode;
};

export function FormCard<Result>(props: FormCardProps<Result>) {
  const { id, title, description, beside, readOnly, submit = "Save changes", children, ...rest } = props;
  const form = (
    <Form {...rest} aria-label={title}>
      <fieldset disabled={readOnly} className="grid min-w-0 gap-5">
        {children}
      </fieldset>
      {!readOnly && (
        <SubmitButton variant="secondary" className="mt-1 justify-self-start">
          {submit}
        </SubmitButton>
      )}
    </Form>
  );
  if (!beside) {
    return (
      <Card title={title} description={description}>
        {form}
      </Card>
    );
  }
  return (
    <section id={id} className="grid gap-x-10 gap-y-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="lg:pt-5">
        <h2 className="text-base font-semibold">{title}</h2>
        {description && <p className="mt-1 text-sm text-ink-muted">{description}</p>}
      </div>
      <Card>{form}</Card>
    </section>
  );
}
