// Name of the developer, which members of the same apps see.
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changeNameAction } from "./actions";

export function ProfileForm({ name }: { name: string | null }) {
  return (
    <Form action={changeNameAction} success="Profile saved" className="grid max-w-md gap-5">
      <FormField name="name" label="Name" autoComplete="name" optional defaultValue={name ?? ""} maxLength={200} />
      <div>
        <SubmitButton variant="secondary">Save profile</SubmitButton>
      </div>
    </Form>
  );
}
