"use client";

// Logo and colour on the left; what they make of the sign-in page on the right, while one types.
import { useState } from "react";
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
import { changeBrandingAction } from "./actions";
import { Preview } from "./preview";

interface BrandingEditorProps {
  app: { id: string; name: string; branding: { logo_url: string | null; color: string | null } };
  readOnly: boolean;
}

const COLOR = /^#[0-9a-f]{6}$/i;
/** Foyer's own accent, where the colour picker begins. */
const OWN = "#17564f";

export function BrandingEditor({ app, readOnly }: BrandingEditorProps) {
  const [color, setColor] = useState(app.branding.color ?? "");
  const [logo, setLogo] = useState(app.branding.logo_url ?? "");
  const shown = COLOR.test(color) ? color : null;
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <FormCard
        title="Logo and colour"
        action={changeBrandingAction}
        hidden={{ app_id: app.id }}
        readOnly={readOnly}
        success="The branding is saved"
      >
        <FormField
          label="Logo"
          name="logo_url"
          subject="The address"
          hint="An https address of a square or wide picture, 96 pixels high or more."
          placeholder="https://example.com/logo.svg"
          optional
          spellCheck={false}
          autoComplete="off"
          defaultValue={app.branding.logo_url ?? ""}
          onChange={(event) => setLogo(event.target.value.trim())}
        />
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <FormField
              key={shown ?? "typed"}
              label="Colour"
              name="color"
              subject="The colour"
              hint="Like #1f5c4d. Text on it stays readable whichever you choose."
              optional
              spellCheck={false}
              autoComplete="off"
              defaultValue={color}
              onBlur={(event) => setColor(event.target.value.trim())}
            />
          </div>
          <input
            type="color"
            aria-label="Pick the colour"
            value={shown ?? OWN}
            onChange={(event) => setColor(event.target.value)}
            className="mt-6.5 h-10 w-12 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface-raised p-1 disabled:cursor-not-allowed"
          />
        </div>
      </FormCard>
      <Preview name={app.name} color={shown} logoUrl={logo || null} />
    </div>
  );
}
